namespace MediaMagic.Errors;

/// <summary>What a repeat of the request may do.</summary>
internal enum RequestSafety
{
    /// <summary>Nothing: repeat it on every passing fault.</summary>
    Read,

    /// <summary>The same as the first one did: repeat it also when the answer was lost.</summary>
    Idempotent,

    /// <summary>The service refuses a second one with 409: after a lost answer one more try settles what happened.</summary>
    Create,

    /// <summary>Another version: the service has no reason to refuse it, so nothing that may have been carried out is repeated.</summary>
    CreateVersion,

    /// <summary>The same a second time, so nothing that may have been carried out is repeated.</summary>
    Once,
}
