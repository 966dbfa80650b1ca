namespace MediaMagic.Webhooks;

/// <summary>What became of an event at the inbox.</summary>
internal enum Admission
{
    /// <summary>It will be handed out.</summary>
    Taken,

    /// <summary>It was taken before.</summary>
    Repeat,

    /// <summary>There is no room for it now.</summary>
    Full,

    /// <summary>Nothing is taken any more.</summary>
    Closed,
}
