using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Errors;

/// <summary>The one place that knows what a code means, what to do about it and which category it has.</summary>
public static class ErrorCatalog
{
    private static readonly ErrorCatalogEntry[] s_entries =
    [
        .. MediaMagicCatalog.Entries(),
        .. LocalCatalog.Entries(),
        .. RetenCatalog.Entries(),
        .. ErynoaCatalog.Entries(),
        .. AzureBlobCatalog.Entries(),
    ];

    private static readonly ErrorCatalogEntry[] s_byStatus = [.. StatusCatalog.Entries()];

    /// <summary>The entries of a system, status and code; null stands for any. They are copies, free to be changed.</summary>
    public static IReadOnlyList<ErrorCatalogEntry> Find(string? system = null, int? status = null, string? code = null) =>
    [
        .. s_entries
            .Where(entry => system is null || Same(entry.System, system))
            .Where(entry => status is null || entry.StatusCode == status)
            .Where(entry => code is null || Same(entry.Code, code))
            .Select(static entry => entry.Copy()),
    ];

    /// <summary>The name of the PowerShell error category of an error, whether or not its code is known.</summary>
    public static string CategoryOf(ApiError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Best(error.System, error.StatusCode, error.Code).Category;
    }

    /// <summary>The entry that fits best; where the code is unknown the status speaks.</summary>
    internal static ErrorCatalogEntry Best(string system, int? status, string code)
    {
        // What answers in the API's place is in the way of the API's users, who need the same advice.
        string known = system is ErrorSystem.Unknown or ErrorSystem.ProblemDetails ? ErrorSystem.MediaMagic : system;
        ErrorCatalogEntry? found = null;
        foreach (ErrorCatalogEntry entry in s_entries)
        {
            if (Same(entry.System, known) && Same(entry.Code, code) && (found is null || entry.StatusCode == status))
            {
                found = entry;
            }
        }

        return found ?? ByStatus(known, status);
    }

    /// <summary>The code of a status that has only one in its system.</summary>
    internal static string? OnlyCode(string system, int status)
    {
        ErrorCatalogEntry[] found = [.. s_entries.Where(entry => entry.StatusCode == status && Same(entry.System, system)).Take(2)];
        return found.Length == 1 ? found[0].Code : null;
    }

    /// <summary>A meaning, which may be a few words in a table, as a sentence.</summary>
    internal static string Sentence(string meaning) =>
        $"{char.ToUpperInvariant(meaning[0])}{meaning.Substring(1).TrimEnd('.')}.";

    private static ErrorCatalogEntry ByStatus(string system, int? status)
    {
        // Whatever storage calls it, a refused presigned URL needs a new one.
        if (system == ErrorSystem.AzureBlob && status == 403)
        {
            return s_entries.First(static entry => entry.Code == AzureBlobCatalog.AuthenticationFailed);
        }

        int kind = status >= 500 ? 5 : status >= 400 ? 4 : 0;
        return s_byStatus.FirstOrDefault(entry => entry.StatusCode == status) ?? s_byStatus.First(entry => entry.StatusCode == kind);
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
