namespace MediaMagic.Simulator;

/// <summary>The names of what a storage request does.</summary>
internal static class StorageOperation
{
    public const string PutBlob = "PUT blob";
    public const string PutBlock = "PUT block";
    public const string PutBlockList = "PUT blocklist";

    /// <summary>The operation, or null for a request that is none.</summary>
    public static string? Name(Exchange exchange)
    {
        if (!exchange.IsStorage || exchange.Method != "PUT")
        {
            return null;
        }

        return !exchange.Query.TryGetValue("comp", out string? component) ? PutBlob : component switch
        {
            "block" => PutBlock,
            "blocklist" => PutBlockList,
            _ => null,
        };
    }
}
