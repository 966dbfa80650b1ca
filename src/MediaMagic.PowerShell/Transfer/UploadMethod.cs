namespace MediaMagic.Transfer;

/// <summary>The ways a file can go.</summary>
public enum UploadMethod
{
    /// <summary>Directly up to 10 MiB, presigned above.</summary>
    Auto,

    /// <summary>Through the service, in one request.</summary>
    Direct,

    /// <summary>Straight to storage, to an address that the service signs.</summary>
    Presigned,
}
