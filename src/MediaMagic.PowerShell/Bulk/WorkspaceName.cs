using System;

namespace MediaMagic.Bulk;

/// <summary>What a ledger calls the owner of a file: the service, the environment and the workspace.</summary>
internal static class WorkspaceName
{
    /// <summary>Returns the name of a workspace for the rows of a ledger that named the key (as "base-address hint hash").</summary>
    public static string Of(string oldName, string workspaceId)
    {
        string[] parts = oldName.Split(' ');
        string environment = parts.Length > 1 && parts[1].StartsWith(ApiKey.SandboxPrefix, StringComparison.Ordinal) ? "sandbox" : "live";
        return $"{parts[0]} {environment} {workspaceId}";
    }
}
