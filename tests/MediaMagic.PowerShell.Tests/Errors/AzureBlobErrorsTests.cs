using System;
using System.Linq;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>What blob storage answers.</summary>
public class AzureBlobErrorsTests
{
    private const string Expired = """
        <?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.
        RequestId:0f0e-11
        Time:2026-06-03T13:00:01.0000000Z</Message><AuthenticationErrorDetail>Signature not valid in the specified time frame: Expiry [Wed, 03 Jun 2026 13:00:00 GMT]</AuthenticationErrorDetail></Error>
        """;

    [Fact]
    public void Expired_signature_asks_for_a_new_url()
    {
        ApiError error = Answers.Read(403, "\uFEFF" + Expired, Answers.At(ApiEndpoint.Storage), ("x-ms-request-id", "0f0e-22"));
        Assert.Equal((ErrorSystem.AzureBlob, "AuthenticationFailed", false), (error.System, error.Code, error.Retryable));
        Assert.Equal("0f0e-22", error.RequestId);
        Assert.Equal(
            "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
            error.Detail);
        Assert.Contains("new upload URL", error.RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith("Signature not valid", (string?)error.AdditionalProperties["AuthenticationErrorDetail"], StringComparison.Ordinal);
    }

    [Fact]
    public void Request_id_in_the_text_is_found() => Assert.Equal("0f0e-11", Answers.Read(403, Expired).RequestId);

    [Theory]
    [InlineData("")]
    [InlineData("<Error><Code>Authent")]
    [InlineData("<html><title>403</title></html>")]
    public void Headers_suffice(string body)
    {
        ApiError error = Answers.Read(403, body, null, ("x-ms-error-code", "AuthenticationFailed"), ("x-ms-request-id", "r1"));
        Assert.Equal((ErrorSystem.AzureBlob, "AuthenticationFailed", "r1"), (error.System, error.Code, error.RequestId));
        Assert.Contains("New-MMUploadUrl", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_refusal_by_storage_asks_for_a_new_url()
    {
        ApiError error = Answers.Read(403, "<Error><Code>SomethingNew</Code></Error>");
        Assert.Equal("SomethingNew", error.Code);
        Assert.Contains("new upload URL", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("PermissionDenied", ErrorCatalog.CategoryOf(error));
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(400, false)]
    [InlineData(403, false)]
    [InlineData(409, false)]
    [InlineData(501, false)]
    public void Retryable(int status, bool retryable)
    {
        Assert.Equal(retryable, Answers.Read(status, "", Answers.At(ApiEndpoint.Storage)).Retryable);
        Assert.Equal(retryable, Answers.Read(status, "<Error><Code>X</Code><Message>m</Message></Error>").Retryable);
    }

    [Fact]
    public void Document_types_are_not_read()
    {
        string bomb = "<!DOCTYPE x [<!ENTITY a \"" + new string('z', 1000) + "\"><!ENTITY b \"&a;&a;&a;&a;\">]><Error><Code>&b;</Code></Error>";
        ApiError error = Answers.Read(400, bomb);
        Assert.Equal(ErrorSystem.Unknown, error.System);
        string outside = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Error><Code>A</Code><Message>&e;</Message></Error>";
        Assert.Equal(ErrorSystem.Unknown, Answers.Read(400, outside).System);
    }

    [Fact]
    public void Depth_and_breadth_are_survived()
    {
        string deep = "<Error><Code>A</Code>" + string.Concat(Enumerable.Repeat("<x>", 10_000));
        Assert.Equal("A", Answers.Read(400, deep).Code);
        string wide = "<Error><Code>A</Code>" + string.Concat(Enumerable.Range(0, 5000).Select(static n => $"<x{n}>1</x{n}>")) + "</Error>";
        Assert.Equal("A", Answers.Read(400, wide).Code);
    }
}
