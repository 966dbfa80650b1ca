namespace MediaMagic.Webhooks;

/// <summary>The state of a client's connection.</summary>
internal enum ConnectionState
{
    /// <summary>No request is under way.</summary>
    Idle,

    /// <summary>The head of a request is being read.</summary>
    Head,

    /// <summary>The body of a request is being read.</summary>
    Body,

    /// <summary>An answer is being written.</summary>
    Answer,

    /// <summary>The rest of a rejected request is being read and discarded.</summary>
    Rest,
}
