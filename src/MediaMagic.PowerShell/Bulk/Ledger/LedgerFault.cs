namespace MediaMagic.Bulk;

/// <summary>What a database's failure means for the run.</summary>
internal enum LedgerFault
{
    /// <summary>None that is known.</summary>
    Other,

    /// <summary>Somebody else was in the way; at once again.</summary>
    Conflict,

    /// <summary>Another program has the file open and does not share it; soon again.</summary>
    Held,

    /// <summary>The connection is gone, and may come back.</summary>
    Lost,

    /// <summary>It cannot be opened or used as things are.</summary>
    Refused,

    /// <summary>It is no database, or one no longer.</summary>
    Damaged,

    /// <summary>There is no room.</summary>
    Full,
}
