using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace MediaMagic.Simulator;

/// <summary>The keys of both workspaces.</summary>
internal sealed class KeyRing
{
    private readonly Dictionary<string, ApiKeyEntry> _keys;

    public KeyRing(string? sandboxKey, SimulatorRandom random)
    {
        WorkspaceId = Guid.NewGuid().ToString();
        string sandbox = sandboxKey is null ? NewKey(ApiKeyEntry.SandboxPrefix) : Checked(sandboxKey);
        Sandbox = new ApiKeyEntry(sandbox, WorkspaceId, KeyState.Active);
        Live = new ApiKeyEntry(NewKey(ApiKeyEntry.LivePrefix), WorkspaceId, KeyState.Active);
        Other = new ApiKeyEntry(NewKey(ApiKeyEntry.SandboxPrefix), Guid.NewGuid().ToString(), KeyState.Active);
        Expired = new ApiKeyEntry(NewKey(ApiKeyEntry.SandboxPrefix), WorkspaceId, KeyState.Expired);
        Revoked = new ApiKeyEntry(NewKey(ApiKeyEntry.SandboxPrefix), WorkspaceId, KeyState.Revoked);
        Unplanned = new ApiKeyEntry(NewKey(ApiKeyEntry.SandboxPrefix), WorkspaceId, KeyState.Unplanned);
        ApiKeyEntry[] all = [Sandbox, Live, Other, Expired, Revoked, Unplanned];
        _keys = all.ToDictionary(entry => entry.Key, StringComparer.Ordinal);

        string NewKey(string prefix) => prefix + Hex.Lower(random.Bytes(32));
    }

    public string WorkspaceId { get; }

    public ApiKeyEntry Sandbox { get; }

    public ApiKeyEntry Live { get; }

    public ApiKeyEntry Other { get; }

    public ApiKeyEntry Expired { get; }

    public ApiKeyEntry Revoked { get; }

    public ApiKeyEntry Unplanned { get; }

    /// <summary>Finds the key of a request, or the answer that refuses it.</summary>
    public Reply? Admit(string? key, string bucket, out ApiKeyEntry entry)
    {
        entry = ApiKeyEntry.None;
        if (string.IsNullOrEmpty(key))
        {
            return Reply.Detail(401, "Missing X-API-Key header");
        }

        if (!_keys.TryGetValue(key!, out ApiKeyEntry? found))
        {
            return Reply.Detail(401, "Invalid API key");
        }

        entry = found;
        return found.State switch
        {
            KeyState.Expired => Reply.Detail(401, "This API key has expired"),
            KeyState.Revoked => Reply.Detail(401, "This API key has been revoked"),
            KeyState.Unplanned => DefaultReplies.PlanGate(bucket),
            _ => null,
        };
    }

    private static string Checked(string key) => Regex.IsMatch(key, "^sk_test_[^\\s]+$")
        ? key
        : throw new ArgumentException("The simulator's key is a sandbox key and begins with sk_test_.", nameof(key));
}
