namespace MediaMagic;

/// <summary>The systems whose errors are read.</summary>
public static class ErrorSystem
{
    /// <summary>The MediaMagic Integrations API.</summary>
    public const string MediaMagic = "MediaMagic";

    /// <summary>The Reten integration API.</summary>
    public const string Reten = "Reten";

    /// <summary>The Erynoa API.</summary>
    public const string Erynoa = "Erynoa";

    /// <summary>Azure Blob Storage.</summary>
    public const string AzureBlob = "AzureBlob";

    /// <summary>RFC 9457 problem details, whoever sent them.</summary>
    public const string ProblemDetails = "ProblemDetails";

    /// <summary>A gateway, proxy or something else.</summary>
    public const string Unknown = "Unknown";
}
