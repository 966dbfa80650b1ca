using System;
using System.IO;

namespace MediaMagic.Errors;

/// <summary>What goes wrong with a ledger. Addresses come without passwords.</summary>
internal static class LedgerErrors
{
    /// <summary>The text names no ledger.</summary>
    public static ApiError Invalid(string problem) => Of(ErrorCode.LedgerInvalid, "The ledger cannot be used", problem);

    /// <summary>There is no file to read.</summary>
    public static ApiError NotFound(string ledger) => Of(ErrorCode.LedgerNotFound, $"There is no ledger '{ledger}'", null);

    /// <summary>It cannot be opened, or was lost for too long.</summary>
    public static ApiError Unavailable(string ledger, string problem)
    {
        // SQLite says only that it cannot open the file.
        if (MissingFolder(ledger) is not string folder)
        {
            return Of(ErrorCode.LedgerUnavailable, $"The ledger '{ledger}' cannot be reached", problem);
        }

        return Of(ErrorCode.LedgerUnavailable, $"The ledger '{ledger}' cannot be made", $"there is no folder '{folder}'",
            static facts => facts.RecommendedAction = "Make the folder, or correct the path; then run the same command again: nothing is lost.");
    }

    /// <summary>Another program keeps it from being opened.</summary>
    public static ApiError Held(string ledger) => Of(
        ErrorCode.LedgerUnavailable,
        $"The ledger '{ledger}' cannot be opened",
        "another program holds the ledger",
        static facts => facts.RecommendedAction = "Close the program that has the file open, such as a backup or a virus scanner; then run the same command again: nothing is lost.");

    /// <summary>It has files of a workspace that may not be the key's.</summary>
    public static ApiError OtherKey(string ledger) => Of(
        ErrorCode.LedgerUnavailable,
        $"The ledger '{ledger}' cannot be used with this key",
        "it has files that another key submitted, and the service does not show whether both keys belong to the same workspace",
        static facts => facts.RecommendedAction = "Connect with the earlier key, or use another ledger for this key.");

    /// <summary>It is no ledger, or one no longer.</summary>
    public static ApiError Damaged(string ledger, string problem) => Of(ErrorCode.LedgerDamaged, $"The ledger '{ledger}' cannot be read", problem);

    /// <summary>It cannot grow.</summary>
    public static ApiError Full(string ledger, string problem) => Of(ErrorCode.LedgerFull, $"There is no room for the ledger '{ledger}'", problem);

    /// <summary>Its version is one that this module does not know.</summary>
    public static ApiError TooNew(string ledger, long version, long known) => Of(
        ErrorCode.LedgerTooNew, $"The ledger '{ledger}' has version {version}, and this module knows version {known}; nothing was touched", null);

    /// <summary>This build has no means for it.</summary>
    public static ApiError NotSupported(string ledger) =>
        Of(ErrorCode.LedgerNotSupported, $"The ledger '{ledger}' is a PostgreSQL database, which PowerShell 7.6 and later can use", null);

    private static string? MissingFolder(string ledger)
    {
        string? folder = ledger.Contains("://", StringComparison.Ordinal) ? null : Path.GetDirectoryName(ledger);
        return string.IsNullOrEmpty(folder) || Directory.Exists(folder) ? null : folder;
    }

    private static ApiError Of(string code, string known, string? problem, Action<ErrorFacts>? add = null) =>
        LocalErrors.Make(code, LocalErrors.With(known, problem), problem, null, add);
}
