using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>An error that a ledger of version 1 or 2 stored as one line: "415 UnsupportedContentType: text" or, without an answer, "FileNotFound: text".</summary>
/// <param name="System">The system that reported the error; Unknown when the line fits several.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="Code">The error code; Unknown when the line has another form.</param>
/// <param name="Message">The rest of the line.</param>
internal sealed record OldError(string System, long Status, string Code, string Message)
{
    private static readonly Regex s_answer = new(@"\A([1-5][0-9]{2}) ([0-9A-Za-z_.-]+): (.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    private static readonly Regex s_local = new(@"\A([0-9A-Za-z_.-]+): (.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>Reads the line. Nothing is added that it does not say.</summary>
    public static OldError Read(string line)
    {
        if (s_answer.Match(line) is { Success: true } answer)
        {
            string code = answer.Groups[2].Value;
            return new OldError(SystemOf(code), long.Parse(answer.Groups[1].Value, CultureInfo.InvariantCulture), code, answer.Groups[3].Value);
        }

        return s_local.Match(line) is { Success: true } local && IsLocal(local.Groups[1].Value)
            ? new OldError(ErrorSystem.MediaMagic, 0, local.Groups[1].Value, local.Groups[2].Value)
            : new OldError(ErrorSystem.MediaMagic, 0, ErrorCode.Unknown, line);
    }

    private static bool IsLocal(string code) => StatusTable.Rules.Any(rule => rule.System == ErrorSystem.MediaMagic && rule.Code == code);

    // Most codes of the service are also those of a gateway that answers in its place.
    private static string SystemOf(string code)
    {
        string[] systems = [.. StatusTable.Rules.Where(rule => rule.Code == code).Select(static rule => rule.System).Distinct()];
        return systems.Length == 1 ? systems[0] : ErrorSystem.Unknown;
    }
}
