namespace MediaMagic.IO;

/// <summary>What stands between the module and a file that it wants to write.</summary>
internal enum FileHold
{
    /// <summary>Nothing: the file can be written now, or there is none.</summary>
    None,

    /// <summary>Another program has it open and does not share it. That usually passes.</summary>
    Held,

    /// <summary>The file cannot be written for a reason that stays, such as its rights.</summary>
    Refused,
}
