using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Errors;

/// <summary>The errors that the module documents: their texts, joined with the rules of <see cref="StatusTable"/>.</summary>
public static class ErrorCatalog
{
    private static readonly ErrorText[] s_texts =
    [
        .. MediaMagicCatalog.Texts(),
        .. LocalCatalog.Texts(),
        .. RetenCatalog.Texts(),
        .. ErynoaCatalog.Texts(),
        .. AzureBlobCatalog.Texts(),
    ];

    private static readonly ErrorText[] s_byStatus = [.. StatusCatalog.Texts()];

    /// <summary>Returns the entries of a system, status and code; null stands for any.</summary>
    public static IReadOnlyList<ErrorCatalogEntry> Find(string? system = null, int? status = null, string? code = null) =>
    [
        .. s_texts
            .Where(text => system is null || Same(text.System, system))
            .Where(text => status is null || text.Status == status)
            .Where(text => code is null || Same(text.Code, code))
            .Select(static text => EntryOf(text)),
    ];

    /// <summary>Returns the name of the PowerShell error category of an error, whether or not its code is documented.</summary>
    public static string CategoryOf(ApiError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return StatusTable.Find(error.System, error.StatusCode, error.Code).Category;
    }

    /// <summary>Returns the text that fits best; the status decides when the code is not documented.</summary>
    internal static ErrorText TextOf(string system, int? status, string code)
    {
        // Users of the API need the same advice when a gateway answers in its place.
        string known = system is ErrorSystem.Unknown or ErrorSystem.ProblemDetails ? ErrorSystem.MediaMagic : system;
        ErrorText? found = null;
        foreach (ErrorText text in s_texts)
        {
            if (Same(text.System, known) && Same(text.Code, code) && (found is null || text.Status == status))
            {
                found = text;
            }
        }

        return found ?? ByStatus(known, status);
    }

    /// <summary>Returns a meaning, which may be a few words in a table, as a sentence.</summary>
    internal static string Sentence(string meaning) =>
        $"{char.ToUpperInvariant(meaning[0])}{meaning.Substring(1).TrimEnd('.')}.";

    private static ErrorCatalogEntry EntryOf(ErrorText text)
    {
        StatusRule rule = StatusTable.Find(text.System, text.Status, text.Code);
        return new ErrorCatalogEntry
        {
            System = text.System,
            StatusCode = text.Status,
            Code = text.Code,
            Category = rule.Category,
            Meaning = text.Meaning,
            RecommendedAction = text.Action,
            Retryable = rule.IsRetryable,
        };
    }

    private static ErrorText ByStatus(string system, int? status)
    {
        // A presigned URL that storage refuses needs a new one, whatever the code.
        if (system == ErrorSystem.AzureBlob && status == 403)
        {
            return s_texts.First(static text => text.Code == AzureBlobCatalog.AuthenticationFailed);
        }

        int kind = status >= 500 ? 5 : status >= 400 ? 4 : 0;
        return s_byStatus.FirstOrDefault(text => text.Status == status) ?? s_byStatus.First(text => text.Status == kind);
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
