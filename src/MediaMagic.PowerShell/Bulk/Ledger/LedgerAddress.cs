using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MediaMagic.Errors;
using MediaMagic.Files;

namespace MediaMagic.Bulk;

/// <summary>Where a ledger is: a file, a database server, or nowhere, for a run without one.</summary>
internal sealed class LedgerAddress
{
    private static readonly string[] s_schemes = ["postgres://", "postgresql://"];

    private LedgerAddress(string shown) => Shown = shown;

    /// <summary>The ledger of a run without one: a private file that is gone when the run ends.</summary>
    public static LedgerAddress Private { get; } = new("private") { File = string.Empty };

    /// <summary>The address without a password.</summary>
    public string Shown { get; }

    /// <summary>The file; none for a server.</summary>
    public string? File { get; private init; }

    /// <summary>The server.</summary>
    public Uri? Server { get; private init; }

    /// <summary>Whether the ledger ends with the run.</summary>
    public bool IsPrivate => File is { Length: 0 };

    /// <summary>Whether text names a server.</summary>
    public static bool IsServer(string text) => s_schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads an address; a relative file is one of the current folder.</summary>
    public static LedgerAddress Parse(string? text)
    {
        if (text is null)
        {
            return Private;
        }

        if (IsServer(text))
        {
            return ParseServer(text);
        }

        // A password may be in what else looks like an address, so it is not repeated.
        if (text.Contains("://", StringComparison.Ordinal))
        {
            throw Invalid("it is neither a file nor an address that begins with postgres://");
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            throw Invalid("its name is empty");
        }

        try
        {
            string path = Path.GetFullPath(text);
            return SightWords.NoFile(FileProbe.Default.Look(path).Kind) is string other ? throw Invalid($"'{path}' is {other}") : new LedgerAddress(path) { File = path };
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException or IOException)
        {
            throw Invalid(failure.Message, failure);
        }
    }

    /// <summary>User and password of a server's address, as they are.</summary>
    public (string? User, string? Password) Login()
    {
        string[] parts = Server!.UserInfo.Split(':', 2);
        return (Plain(parts[0]), parts.Length > 1 ? Plain(parts[1]) : null);
    }

    /// <summary>What stands behind the question mark of a server's address.</summary>
    public IEnumerable<KeyValuePair<string, string>> Options() =>
        Server!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => new KeyValuePair<string, string>(Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : string.Empty));

    private static LedgerAddress ParseServer(string text)
    {
        if (UriText.Parse(text) is not Uri server || server.Host.Length == 0 || server.AbsolutePath.Trim('/').Length == 0)
        {
            throw Invalid("an address in PostgreSQL reads postgres://user@host:port/database");
        }

        if (server.AbsolutePath.Substring(1).TrimEnd('/').IndexOfAny(['/', '@', ':']) >= 0)
        {
            // An address with a slash before its host is cut there, and the password would be taken for the database and shown.
            throw Invalid("an address in PostgreSQL has one name behind the host; a slash in a user or password is written %2F, an at sign %40, a colon %3A");
        }

        string user = server.UserInfo.Split(':')[0];
        string port = server.Port > 0 ? ":" + server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) : string.Empty;
        return new LedgerAddress($"postgres://{(user.Length > 0 ? user + "@" : string.Empty)}{server.Host}{port}{server.AbsolutePath}") { Server = server };
    }

    private static string? Plain(string part) => part.Length == 0 ? null : Uri.UnescapeDataString(part);

    private static MediaMagicException Invalid(string problem, Exception? cause = null) => new(LedgerErrors.Invalid(problem), cause);
}
