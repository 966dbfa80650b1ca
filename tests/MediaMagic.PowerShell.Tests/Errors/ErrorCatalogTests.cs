using System;
using System.Collections.Generic;
using System.Linq;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>The catalogue as a whole.</summary>
public class ErrorCatalogTests
{
    private static readonly string[] s_categories =
    [
        "NotSpecified", "ConnectionError", "InvalidArgument", "InvalidData", "InvalidOperation", "InvalidResult", "InvalidType",
        "LimitsExceeded", "NotImplemented", "NotEnabled", "ObjectNotFound", "OperationTimeout", "PermissionDenied", "ProtocolError", "QuotaExceeded",
        "ResourceBusy", "ResourceExists", "ResourceUnavailable", "SecurityError", "AuthenticationError", "WriteError",
    ];

    [Fact]
    public void Every_code_is_explained()
    {
        IEnumerable<string> codes = typeof(ErrorCode).GetFields().Select(static field => (string)field.GetValue(null)!);
        Assert.All(codes, static code => Assert.NotEmpty(ErrorCatalog.Find(ErrorSystem.MediaMagic, code: code)));
    }

    [Fact]
    public void Every_entry_is_whole_and_stands_once()
    {
        IReadOnlyList<ErrorCatalogEntry> all = ErrorCatalog.Find();
        Assert.All(all, static entry => Assert.Contains(entry.Category, s_categories));
        Assert.All(all, static entry => Assert.True(entry.Meaning.Length > 5 && entry.RecommendedAction.Length > 5));
        Assert.Equal(all.Count, all.Select(static entry => entry.ToString()).Distinct().Count());
    }

    [Fact]
    public void Find_takes_any_of_the_three()
    {
        Assert.All(ErrorCatalog.Find("reten"), static entry => Assert.Equal(ErrorSystem.Reten, entry.System));
        Assert.Equal(5, ErrorCatalog.Find("Reten").Count);
        Assert.Equal(16, ErrorCatalog.Find("ERYNOA").Count);
        Assert.All(ErrorCatalog.Find(status: 409), static entry => Assert.Equal(409, entry.StatusCode));
        Assert.Equal("Erynoa 403 ip_not_allowed", Assert.Single(ErrorCatalog.Find(code: "IP_not_allowed")).ToString());
        Assert.Equal("MediaMagic Timeout", Assert.Single(ErrorCatalog.Find(code: "timeout")).ToString());
        Assert.Empty(ErrorCatalog.Find("Reten", 418));
    }

    [Fact]
    public void Entries_are_copies()
    {
        ErrorCatalog.Find(code: "NotConnected")[0].Meaning = "changed";
        Assert.NotEqual("changed", ErrorCatalog.Find(code: "NotConnected")[0].Meaning);
    }

    [Theory]
    [InlineData("Erynoa", 422, "brand_new", "InvalidData")]
    [InlineData("Erynoa", 418, "brand_new", "InvalidOperation")]
    [InlineData("Reten", 429, "TooManyRequests", "QuotaExceeded")]
    [InlineData("Reten", 503, "ServiceUnavailable", "ResourceUnavailable")]
    [InlineData("AzureBlob", 599, "New", "ResourceUnavailable")]
    [InlineData("Unknown", 503, "ServerError", "ResourceUnavailable")]
    [InlineData("ProblemDetails", 413, "UploadTooLarge", "LimitsExceeded")]
    [InlineData("Nobody", 200, "What", "ProtocolError")]
    [InlineData("Nobody", null, "What", "ProtocolError")]
    public void Category_of_what_nobody_documented(string system, int? status, string code, string category) =>
        Assert.Equal(category, ErrorCatalog.CategoryOf(new ApiError(new ErrorFacts { System = system, StatusCode = status, Code = code })));

    [Fact]
    public void Reader_and_catalogue_agree_on_retrying()
    {
        foreach (ErrorCatalogEntry entry in ErrorCatalog.Find().Where(static entry => entry.StatusCode is not null))
        {
            ApiError error = Answers.Read(entry.StatusCode!.Value, "", new ErrorContext { System = entry.System });
            Assert.True(entry.Retryable == error.Retryable, entry.ToString());
        }
    }

    [Fact]
    public void Advice_names_only_commands_in_our_form() =>
        Assert.All(
            ErrorCatalog.Find()
                .SelectMany(static entry => entry.RecommendedAction.Split(' '))
                .Where(static word => word.Contains("-MM", StringComparison.Ordinal)),
            static word => Assert.Matches("^\\(?(Connect|Get|Wait|Test|Send|Submit|New|Start|Invoke)-MM[A-Z]", word));
}
