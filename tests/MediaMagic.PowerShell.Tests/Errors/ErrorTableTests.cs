using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Every row of the documents' tables, in the catalogue and in what the reader makes of such an answer.</summary>
public class ErrorTableTests
{
    // The advice about a result is only for a message that speaks of one.
    private const string DuplicateAdvice = "read what exists, do not override";

    public static IEnumerable<object[]> MediaMagicRows =>
        MarkdownTable.Rows("mediamagic-statuses.md").Select(static row => (object[])[Number(row[0]), row[2]]);

    public static IEnumerable<object[]> RetenRows =>
        MarkdownTable.Rows("reten.md").Select(static row => (object[])[Number(row[0]), row[1], row[2], row[3]]);

    public static IEnumerable<object[]> ErynoaRows =>
        MarkdownTable.Rows("erynoa.md").Select(static row => (object[])[row[0], Number(row[1]), row[2], row[3]]);

    public static IEnumerable<object[]> RecordRows =>
        MarkdownTable.Rows("error-records.md").SelectMany(Codes).DistinctBy(static row => row[0]);

    [Fact]
    public void Tables_have_their_rows() =>
        Assert.Equal((12, 5, 16, 31), (MediaMagicRows.Count(), RetenRows.Count(), ErynoaRows.Count(), RecordRows.Count()));

    [Theory]
    [MemberData(nameof(MediaMagicRows))]
    public void MediaMagic(int status, string retry)
    {
        bool retryable = retry.StartsWith("yes", StringComparison.Ordinal);
        IReadOnlyList<ErrorCatalogEntry> entries = ErrorCatalog.Find(ErrorSystem.MediaMagic, status);
        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.Equal(retryable, entry.Retryable));
        ApiError error = Answers.Detail(status, "Something");
        Assert.Equal(retryable, error.Retryable);
        Assert.Equal("Something", error.Detail);
        Assert.Contains(entries, entry => entry.Code == error.Code && entry.RecommendedAction == error.RecommendedAction);
    }

    [Theory]
    [MemberData(nameof(RetenRows))]
    public void Reten(int status, string name, string meaning, string action)
    {
        string code = name.Replace(" ", string.Empty);
        ErrorCatalogEntry entry = Assert.Single(ErrorCatalog.Find(ErrorSystem.Reten, status, code));
        Assert.Equal((meaning, action, false), (entry.Meaning, entry.RecommendedAction, entry.Retryable));

        ApiError error = Answers.Read(status, JsonSerializer.Serialize(new { statusCode = status, error = name, message = "Why" }));
        Assert.Equal((ErrorSystem.Reten, status, code, "Why"), (error.System, error.StatusCode!.Value, error.Code, error.Detail));
        string advice = status == 409 ? DuplicateAdvice : action;
        Assert.Contains(advice, action, StringComparison.Ordinal);
        Assert.Equal((advice, false), (error.RecommendedAction, error.Retryable));
    }

    [Theory]
    [MemberData(nameof(ErynoaRows))]
    public void Erynoa(string code, int status, string meaning, string action)
    {
        bool retryable = status is 429 or 500 or 503;
        ErrorCatalogEntry entry = Assert.Single(ErrorCatalog.Find(ErrorSystem.Erynoa, status, code));
        Assert.Equal((meaning, action, retryable), (entry.Meaning, entry.RecommendedAction, entry.Retryable));

        string body = JsonSerializer.Serialize(new { error = new { code, message = "Why", status } });
        ApiError error = Answers.Read(status, body, null, ("x-request-id", "req_1"));
        Assert.Equal((ErrorSystem.Erynoa, status, code, "Why"), (error.System, error.StatusCode!.Value, error.Code, error.Detail));
        Assert.Equal((action, retryable, "req_1"), (error.RecommendedAction, error.Retryable, error.RequestId));
    }

    [Theory]
    [MemberData(nameof(RecordRows))]
    public void Every_code_has_its_category(string code, string category)
    {
        IReadOnlyList<ErrorCatalogEntry> entries = ErrorCatalog.Find(ErrorSystem.MediaMagic, code: code);
        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.Equal(category, entry.Category));
        Assert.Equal(category, ErrorCatalog.CategoryOf(new ApiError(new ErrorFacts { Code = code, StatusCode = entries[0].StatusCode })));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Words(string cell) => cell.Split([' ', ',', ';', '(', ')', ':'], StringSplitOptions.RemoveEmptyEntries);

    // Cells name one code, several, or several with a category each, in the document's own prose.
    private static IEnumerable<object[]> Codes(string[] row)
    {
        string[] known = [.. typeof(ErrorCode).GetFields().Select(static field => field.Name)];
        string[] named = [.. Words(row[1]).Where(known.Contains).Distinct()];
        string[] categories = [.. Words(row[2]).Where(static word => word != "TLS")];
        return named.Select((code, index) => (object[])[code, categories[Math.Min(index, categories.Length - 1)]]);
    }
}
