using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using MediaMagic.Client;

namespace MediaMagic.Sessions;

/// <summary>The sessions of each runspace.</summary>
internal static class SessionStore
{
    public const string DefaultName = "Default";
    public const string EnvironmentName = "Environment";
    private const string KeyVariable = "MEDIAMAGIC_API_KEY";
    private const string AddressVariable = "MEDIAMAGIC_BASE_URI";

    private static readonly ConditionalWeakTable<Runspace, List<MMSession>> s_sessions = new();
    private static readonly List<MMSession> s_none = [];

    private static List<MMSession> Here => Runspace.DefaultRunspace is Runspace runspace ? s_sessions.GetOrCreateValue(runspace) : s_none;

    /// <summary>The key from the environment, if there is one.</summary>
    public static string? EnvironmentKey => NullIfEmpty(System.Environment.GetEnvironmentVariable(KeyVariable));

    /// <summary>The address from the environment, if there is one.</summary>
    public static Uri? EnvironmentAddress
    {
        get
        {
            if (NullIfEmpty(System.Environment.GetEnvironmentVariable(AddressVariable)) is not string text)
            {
                return null;
            }

            return UriText.Parse(text)
                ?? throw new ArgumentException($"The address in {AddressVariable} is not an address: '{text}'.");
        }
    }

    /// <summary>The session connected last; null without one.</summary>
    public static MMSession? Current() => Here.LastOrDefault(session => session.Name != EnvironmentName);

    /// <summary>The session given, or the current one, or the environment's; an error that says how to connect without one.</summary>
    public static MMSession Require(MMSession? given) =>
        given ?? Current() ?? FromEnvironment() ?? throw new MediaMagicException(Errors.LocalErrors.NotConnected());

    /// <summary>All sessions of this runspace.</summary>
    public static IReadOnlyList<MMSession> All() => [.. Here];

    /// <summary>The session of that name; null without one.</summary>
    public static MMSession? Find(string name) => Here.Find(session => string.Equals(session.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes it the current one, in the place of one of the same name. Returns what the log of that one lost.</summary>
    public static string? Add(MMSession session)
    {
        Remove(session.Name!, out string? loss);
        Here.Add(session);
        return loss;
    }

    /// <summary>Forgets the session of that name, and closes it.</summary>
    public static bool Remove(string name, out string? loss)
    {
        loss = null;
        if (Find(name) is not MMSession session)
        {
            return false;
        }

        Here.Remove(session);
        loss = session.Close();
        return true;
    }

    /// <summary>The automatic session of the environment's key; null when there is none.</summary>
    public static MMSession? FromEnvironment()
    {
        if (EnvironmentKey is not string text)
        {
            return null;
        }

        ApiKey key = ApiKey.Parse(text);
        MediaMagicClientOptions options = new() { BaseUri = EnvironmentAddress ?? MediaMagicClientOptions.DefaultBaseUri };
        MMSession? known = Find(EnvironmentName);
        if (known?.FindClient() is MediaMagicClient client && client.Sender.Key.Equals(key) && client.BaseUri == BaseAddress.BaseOf(options.BaseUri))
        {
            return known;
        }

        MMSession session = new(EnvironmentName, new MediaMagicClient(key, options));
        Add(session);
        return session;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
