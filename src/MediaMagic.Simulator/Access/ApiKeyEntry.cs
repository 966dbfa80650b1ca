using System;

namespace MediaMagic.Simulator;

/// <summary>A key of a workspace.</summary>
internal sealed class ApiKeyEntry
{
    public const string SandboxPrefix = "sk_test_";
    public const string LivePrefix = "sk_live_";
    public static readonly ApiKeyEntry None = new(string.Empty, string.Empty, KeyState.Revoked);

    public ApiKeyEntry(string key, string workspaceId, KeyState state)
    {
        Key = key;
        WorkspaceId = workspaceId;
        State = state;
        IsLive = key.StartsWith(LivePrefix, StringComparison.Ordinal);
    }

    public string Key { get; }

    public string WorkspaceId { get; }

    public KeyState State { get; }

    public bool IsLive { get; }

    /// <summary>As much of a key as may be shown.</summary>
    public static string Hint(string key)
    {
        string prefix = key.StartsWith(SandboxPrefix, StringComparison.Ordinal) || key.StartsWith(LivePrefix, StringComparison.Ordinal)
            ? key.Substring(0, SandboxPrefix.Length)
            : string.Empty;
        return key.Length < 24 ? prefix + "…" : $"{prefix}…{key.Substring(key.Length - 4)}";
    }
}
