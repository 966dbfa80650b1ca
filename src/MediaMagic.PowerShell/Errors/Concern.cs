namespace MediaMagic.Errors;

/// <summary>What an error is about, which decides what a bulk run does next.</summary>
internal enum Concern
{
    /// <summary>The service, or a gateway in front of it: the next run tries again.</summary>
    Service,

    /// <summary>The key, the plan or the session: the next run tries again.</summary>
    Account,

    /// <summary>The options of this run: the next run tries again.</summary>
    Request,

    /// <summary>The content or name of the file: it fails for good, until the file changes.</summary>
    File,
}
