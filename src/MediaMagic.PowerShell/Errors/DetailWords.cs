using System;
using System.Text.RegularExpressions;

namespace MediaMagic.Errors;

/// <summary>What a detail's words say where the status leaves it open. What stands in quotes is a name and says nothing.</summary>
internal sealed class DetailWords
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex s_unfinished = new(
        @"(?:\bnot|n't)\s(?:yet\s)?(?:been\s)?(?:finish|complete|ready|done|processed|available yet)|\bunfinished|\bincomplete"
        + @"|\bstill\s(?:being\s)?(?:process|run|analy)|\bin[ -]progress|\bpending\b"
        + @"|\bprocessing\b(?! (?:failed|error))|\bqueued\b|\bunderway",
        Options);

    private static readonly Regex s_missingThing = new(
        @"\b(?:asset|submission)s?\b.{0,80}\b(?:not found|not exist|n't exist|unknown|not in (?:this|your|the) workspace)"
        + @"|\b(?:no such|unknown|missing|(?:could|can)(?:not| not|n't) find(?: the)?)\s(?:asset|submission)",
        Options);

    // Then it is not the asset that is missing but something of it.
    private static readonly Regex s_part = new(@"\b(?:results?|issues?|topics?|analysis|report)\b", Options);

    private static readonly Regex s_inFlight = new(
        @"\bin[ -]?(?:progress|flight)\b|\bunder ?way\b|\balready (?:being )?(?:retried|retrying|running)\b",
        Options);

    private static readonly Regex s_notRetryable = new(
        @"\b(?:not|cannot|can't) (?:be )?retr|\bnot (?:in a )?failed|\bretr(?:y|ies)\b.{0,40}\b(?:exhausted|exceeded|used up|limit)",
        Options);

    private static readonly Regex s_source = new(@"\bsource\b.{0,40}\b(?:not|isn't|unsupported)\b", Options);

    private static readonly Regex s_result = new(@"\bresults?\b", Options);

    private static readonly Regex s_submitted = new(@"\balready (?:been )?submitted\b", Options);

    private static readonly Regex s_path = new(@"\bblob ?_?path|\bfile ?_?name", Options);

    // A path in quotes. A name may hold the same quotes.
    private static readonly Regex s_quotedPath = new(@"['""`](?<p>[^/'""`]+/.*)['""`]", Options);

    private readonly string _detail;
    private readonly string _text;

    /// <summary>Reads the detail; null says nothing.</summary>
    public DetailWords(string? detail)
    {
        _detail = SafeText.OneLine(detail ?? string.Empty, 1000);
        _text = WithoutNames(_detail);
    }

    /// <summary>The asset has not finished.</summary>
    public bool SayUnfinished => s_unfinished.IsMatch(_text);

    /// <summary>There is no such asset or submission.</summary>
    public bool SayMissingThing => s_missingThing.IsMatch(_text) && !s_part.IsMatch(_text);

    /// <summary>The same is being done already.</summary>
    public bool SayInFlight => s_inFlight.IsMatch(_text);

    /// <summary>The asset cannot be retried.</summary>
    public bool SayNotRetryable => s_notRetryable.IsMatch(_text);

    /// <summary>Gets a value indicating whether assets that came in this way cannot be retried.</summary>
    public bool SaySource => s_source.IsMatch(_text);

    /// <summary>Gets a value indicating whether a result is the trouble.</summary>
    public bool SayResult => s_result.IsMatch(_text);

    /// <summary>The asset was submitted before.</summary>
    public bool SaySubmitted => s_submitted.IsMatch(_text);

    /// <summary>The blob path or file name is the trouble.</summary>
    public bool SayPath => s_path.IsMatch(_text);

    /// <summary>Returns whether the detail names a blob path that ends otherwise than this one. One that is masked or cut may be the same.</summary>
    public bool NameOther(string blobPath) =>
        s_quotedPath.Match(_detail) is { Success: true } match
        && !match.Groups["p"].Value.Contains(Redactor.Mask, StringComparison.Ordinal)
        && !Plain(match.Groups["p"].Value).EndsWith(Plain(blobPath.Substring(blobPath.LastIndexOf('/') + 1)), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the word occurs.</summary>
    public bool Say(string word) => _text.Contains(word, StringComparison.OrdinalIgnoreCase);

    // The service may write a name in another of its forms.
    private static string Plain(string path)
    {
        string text = SafeText.OneLine(Uri.UnescapeDataString(path), 1000);
        try
        {
            return text.Normalize();
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair.
            return text;
        }
    }

    // A file may be called "in progress.mp4": from the first opening quote to the last closing one nothing counts.
    private static string WithoutNames(string text)
    {
        foreach (char quote in "'\"`")
        {
            int start = 0;
            while (start < text.Length && !(text[start] == quote && (start == 0 || !char.IsLetterOrDigit(text[start - 1]))))
            {
                start++;
            }

            int end = text.Length - 1;
            while (end > start && !(text[end] == quote && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1]))))
            {
                end--;
            }

            if (end > start)
            {
                text = text.Remove(start, end - start + 1);
            }
        }

        return text;
    }
}
