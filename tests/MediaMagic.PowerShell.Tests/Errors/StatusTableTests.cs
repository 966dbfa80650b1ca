using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>The one table of meanings, compared with the documents and with everything that asks it.</summary>
public sealed class StatusTableTests
{
    private static readonly int[] s_statuses = [.. Enumerable.Range(400, 200)];

    public static IEnumerable<object[]> Documented => MarkdownTable.Rows("mediamagic-statuses.md")
        .Select(static row => (object[])[int.Parse(row[0], CultureInfo.InvariantCulture), row[2].StartsWith("yes", StringComparison.Ordinal)]);

    [Theory]
    [MemberData(nameof(Documented))]
    public void Find_repeats_every_request_only_where_the_documents_say_so(int status, bool retry)
    {
        StatusRule rule = StatusTable.Find(ErrorSystem.MediaMagic, status, null);
        Assert.Equal((status, retry ? Repeat.Any : Repeat.None, retry), (rule.Status, rule.Repeat, rule.IsRetryable));
        Assert.Equal(status >= 500, rule.IsOutage);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(504)]
    public void Find_repeats_only_reads_when_a_gateway_fails(int status)
    {
        StatusRule rule = StatusTable.Find(ErrorSystem.MediaMagic, status, null);
        Assert.Equal((Repeat.Read, false, true), (rule.Repeat, rule.IsRetryable, rule.IsOutage));
    }

    [Theory]
    [InlineData(301, false)]
    [InlineData(408, false)]
    [InlineData(418, false)]
    [InlineData(499, false)]
    [InlineData(501, true)]
    [InlineData(599, true)]
    public void Find_repeats_nothing_when_the_status_is_not_documented(int status, bool outage)
    {
        StatusRule rule = StatusTable.Find(ErrorSystem.MediaMagic, status, null);
        Assert.Equal((Repeat.None, outage), (rule.Repeat, rule.IsOutage));
    }

    [Theory]
    [InlineData(ApiEndpoint.AssetIssues, false)]
    [InlineData(ApiEndpoint.AssetTopics, false)]
    [InlineData(ApiEndpoint.SubmissionCreate, true)]
    [InlineData(ApiEndpoint.Other, true)]
    public void Find_counts_a_502_for_the_breaker_unless_it_is_about_one_result(ApiEndpoint endpoint, bool outage)
    {
        StatusRule rule = StatusTable.Find(ErrorSystem.MediaMagic, 502, null, endpoint);
        Assert.Equal((Repeat.Any, outage), (rule.Repeat, rule.IsOutage));
    }

    [Fact]
    public void Find_returns_a_row_for_any_system_status_and_code()
    {
        foreach (string system in (string[])["MediaMagic", "Reten", "Erynoa", "AzureBlob", "ProblemDetails", "Unknown", "Another"])
        {
            foreach (int? status in (int?[])[null, 0, 100, 302, 404, 418, 500, 599, 999])
            {
                Assert.All((string?[])[null, "", "NotFound", "brand_new"], code => Assert.NotNull(StatusTable.Find(system, status, code)));
            }
        }
    }

    [Fact]
    public void Find_returns_a_row_of_the_same_code_for_every_entry_of_the_catalog() => Assert.All(ErrorCatalog.Find(), static entry =>
    {
        StatusRule rule = StatusTable.Find(entry.System, entry.StatusCode, entry.Code);
        Assert.Equal((entry.System, entry.Code), (rule.System, rule.Code));
        Assert.True(entry.StatusCode is null || entry.StatusCode == rule.Status, $"{entry.System} {entry.StatusCode} {entry.Code}");
    });

    [Theory]
    [InlineData(402, ErrorCode.PlanNotAuthorized)]
    [InlineData(418, ErrorCode.RequestRejected)]
    [InlineData(502, ErrorCode.ServerError)]
    public void Find_returns_neither_repeat_nor_outage_when_Erynoa_does_not_document_the_status(int status, string code)
    {
        StatusRule rule = StatusTable.Find(ErrorSystem.Erynoa, status, null);
        Assert.Equal((code, Repeat.None, false, Concern.Service), (rule.Code, rule.Repeat, rule.IsOutage, rule.Concern));
    }

    // What an answer is about: outcome by outcome, as a bulk run needs it.
    [Theory]
    [InlineData(413, "Blob is over the cap of its bucket", ApiEndpoint.SubmissionCreate, "File")]
    [InlineData(413, "File too large; use the presigned upload URL", ApiEndpoint.UploadDirect, "File")]
    [InlineData(415, "Unsupported content type", ApiEndpoint.SubmissionCreate, "File")]
    [InlineData(403, "Invalid filename", ApiEndpoint.UploadUrl, "File")]
    [InlineData(403, "Invalid filename", ApiEndpoint.UploadDirect, "File")]
    [InlineData(422, "Validation failed", ApiEndpoint.UploadUrl, "File")]
    [InlineData(409, "Asset already submitted", ApiEndpoint.SubmissionCreate, "File")]
    [InlineData(400, "simulationDelaySeconds needs a sandbox key", ApiEndpoint.SubmissionCreate, "Request")]
    [InlineData(422, "sidekickIds holds an unknown id", ApiEndpoint.SubmissionCreate, "Request")]
    [InlineData(404, "Submission not found", ApiEndpoint.SubmissionCreate, "Request")]
    [InlineData(401, "Invalid API key", ApiEndpoint.SubmissionCreate, "Account")]
    [InlineData(401, "This API key has expired", ApiEndpoint.UploadUrl, "Account")]
    [InlineData(402, "The plan does not include it", ApiEndpoint.SubmissionCreate, "Account")]
    [InlineData(403, "Invalid blob path", ApiEndpoint.SubmissionCreate, "Account")]
    [InlineData(403, "Forbidden", ApiEndpoint.UploadUrl, "Account")]
    [InlineData(403, "Sandbox keys only", ApiEndpoint.Sandbox, "Account")]
    [InlineData(429, "Rate limit exceeded", ApiEndpoint.SubmissionCreate, "Service")]
    [InlineData(500, "Internal server error", ApiEndpoint.UploadDirect, "Service")]
    [InlineData(502, "Failed to load results from storage", ApiEndpoint.AssetIssues, "Service")]
    [InlineData(503, "Unavailable", ApiEndpoint.SubmissionCreate, "Service")]
    [InlineData(408, "Too slow", ApiEndpoint.SubmissionCreate, "Service")]
    [InlineData(418, "I'm a teapot", ApiEndpoint.SubmissionCreate, "Service")]
    public void Concern_follows_status_words_and_endpoint(int status, string detail, ApiEndpoint endpoint, string concern) =>
        Assert.Equal(concern, Answers.Detail(status, detail, endpoint).Concern.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Payload too large")]
    [InlineData("<html><title>413 Request Entity Too Large</title></html>")]
    [InlineData("""{"statusCode":413,"message":"Invalid filename"}""")]
    [InlineData("""{"statusCode":400,"error":"Bad Request","message":"Invalid filename"}""")]
    [InlineData("""{"error":{"code":"invalid_request","message":"Invalid filename"}}""")]
    [InlineData("""{"type":"about:blank","title":"Bad Request","status":400,"detail":"Invalid filename"}""")]
    public void Concern_is_the_service_when_the_body_has_a_foreign_shape(string body)
    {
        foreach (ApiEndpoint endpoint in (ApiEndpoint[])[ApiEndpoint.SubmissionCreate, ApiEndpoint.UploadUrl, ApiEndpoint.UploadDirect])
        {
            Assert.All(s_statuses, status => Assert.Equal(nameof(Concern.Service), Answers.Read(status, body, Answers.At(endpoint)).Concern.ToString()));
        }
    }

    // Of the service's own errors only those about the rate and about fields name their text so.
    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(415)]
    public void Concern_is_the_service_when_the_shape_belongs_to_another_status(int status)
    {
        foreach (ApiEndpoint endpoint in (ApiEndpoint[])[ApiEndpoint.SubmissionCreate, ApiEndpoint.UploadUrl, ApiEndpoint.UploadDirect])
        {
            Assert.Equal(nameof(Concern.Service), Answers.Read(status, """{"error":"Invalid filename"}""", Answers.At(endpoint)).Concern.ToString());
        }

        Assert.Equal(nameof(Concern.Request), Answers.Read(422, """{"error":"Validation failed"}""", Answers.At(ApiEndpoint.SubmissionCreate)).Concern.ToString());
    }

    [Theory]
    [InlineData(ErrorCode.FileInvalid)]
    [InlineData(ErrorCode.FileNotFound)]
    [InlineData(ErrorCode.FileChanged)]
    public void Concern_is_the_file_when_a_local_check_finds_it_wrong(string code) =>
        Assert.Equal(Concern.File, LocalErrors.Make(code, "It is wrong.", null, null).Concern);

    [Theory]
    [InlineData(ErrorSystem.MediaMagic)]
    [InlineData(ErrorSystem.Reten)]
    [InlineData(ErrorSystem.Erynoa)]
    [InlineData(ErrorSystem.AzureBlob)]
    public void Reader_and_catalog_call_retryable_what_the_table_calls_so(string system)
    {
        foreach (int status in s_statuses)
        {
            ApiError error = Answers.Read(status, "", new ErrorContext { System = system });
            Assert.True(StatusTable.Find(system, status, error.Code).IsRetryable == error.Retryable, $"{system} {status} {error.Code}");
        }

        Assert.All(ErrorCatalog.Find(system), static entry =>
            Assert.Equal(StatusTable.Find(entry.System, entry.StatusCode, entry.Code).IsRetryable, entry.Retryable));
    }

    [Fact]
    public void Storage_repeats_what_the_table_calls_retryable()
    {
        foreach (int status in s_statuses)
        {
            bool repeats = StorageRules.Judge(new ApiAnswer(status, [], default), ofBlocks: false) == StorageVerdict.Retry;
            Assert.True(StatusTable.Find(ErrorSystem.AzureBlob, status, null).IsRetryable == repeats, $"Storage {status}");
        }
    }

    [Theory]
    [InlineData(typeof(ApiError))]
    [InlineData(typeof(FieldError))]
    public void Errors_cannot_be_changed_after_they_are_created(Type type)
    {
        BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        Assert.All(type.GetProperties(all), static property => Assert.Null(property.GetSetMethod(nonPublic: true)));
        Assert.All(type.GetFields(all), static field => Assert.True(field.IsInitOnly, field.Name));
        Assert.Empty(type.GetConstructors());
    }
}
