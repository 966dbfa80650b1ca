using System;
using System.Collections.Generic;
using System.Linq;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Every row of the table of meanings: its category, what may be repeated, and what the breaker counts.</summary>
public sealed class StatusRulesTests
{
    // What a status means in PowerShell, whichever system reports it.
    private static readonly Dictionary<int, string> s_categories = new()
    {
        [4] = "InvalidOperation",
        [5] = "ResourceUnavailable",
        [400] = "InvalidArgument",
        [401] = "AuthenticationError",
        [402] = "NotEnabled",
        [403] = "PermissionDenied",
        [404] = "ObjectNotFound",
        [408] = "OperationTimeout",
        [409] = "InvalidOperation",
        [413] = "LimitsExceeded",
        [415] = "InvalidType",
        [422] = "InvalidData",
        [429] = "QuotaExceeded",
        [500] = "ResourceUnavailable",
        [502] = "ResourceUnavailable",
        [503] = "ResourceUnavailable",
        [504] = "ResourceUnavailable",
    };

    // The codes that say more than their status.
    private static readonly Dictionary<string, string> s_exceptions = new()
    {
        [ErrorCode.AssetAlreadySubmitted] = "ResourceExists",
        [ErrorCode.RetryInProgress] = "ResourceBusy",
        ["resource_already_exists"] = "ResourceExists",
        ["Md5Mismatch"] = "InvalidData",
        ["Crc64Mismatch"] = "InvalidData",
        ["InvalidBlockList"] = "InvalidData",
    };

    // Any request may be sent again.
    private static readonly string[] s_repeated =
    [
        "MediaMagic 429", "MediaMagic 500", "MediaMagic 502", "Reten 5", "Erynoa 429", "Erynoa 500", "Erynoa 503",
        "AzureBlob 408", "AzureBlob 429", "AzureBlob 500", "AzureBlob 502", "AzureBlob 503", "AzureBlob 504",
    ];

    [Fact]
    public void Category_is_that_of_the_status_unless_the_code_says_more()
    {
        StatusRule[] rules = [.. StatusTable.Rules.Where(static rule => rule.Status != 0)];
        Assert.Equal(84, rules.Length);
        Assert.All(rules, static rule => Assert.Equal((rule.Code, s_exceptions.GetValueOrDefault(rule.Code, s_categories[rule.Status])), (rule.Code, rule.Category)));
    }

    [Fact]
    public void Repeat_is_told_by_system_and_status()
    {
        foreach (StatusRule rule in StatusTable.Rules.Where(static rule => rule.Status != 0))
        {
            string name = $"{rule.System} {rule.Status}";
            Repeat expected = s_repeated.Contains(name) ? Repeat.Any : name is "MediaMagic 503" or "MediaMagic 504" ? Repeat.Read : Repeat.None;
            Assert.Equal((name, expected), (name, rule.Repeat));
        }
    }

    [Fact]
    public void Breaker_counts_every_failure_of_the_service_but_that_of_one_result()
    {
        string[] counted = [.. StatusTable.Rules.Where(static rule => rule.IsOutage).Select(static rule => $"{rule.System} {rule.Status} {rule.Code}")];
        Assert.Equal(["MediaMagic 500 ServerError", "MediaMagic 502 ServerError", "MediaMagic 503 ServerError", "MediaMagic 504 ServerError", "MediaMagic 5 ServerError"], counted);
    }

    [Fact]
    public void Endpoints_are_named_only_where_the_same_status_means_something_else_there()
    {
        string[] rows = [.. StatusTable.Rules.Where(static rule => rule.Endpoints.Length > 0).Select(static rule => $"{rule.Status} {rule.Code} {string.Join(' ', rule.Endpoints)}")];
        Assert.Equal(["403 InvalidBlobPath UploadUrl UploadDirect", "422 ValidationFailed UploadUrl UploadDirect", "502 ResultLoadFailed AssetIssues AssetTopics"], rows);
    }

    [Theory]
    [InlineData(ErrorCode.InvalidResponse, "ProtocolError", false)]
    [InlineData(ErrorCode.ConnectionFailed, "ConnectionError", true)]
    [InlineData(ErrorCode.TlsFailed, "SecurityError", false)]
    [InlineData(ErrorCode.Timeout, "OperationTimeout", true)]
    [InlineData(ErrorCode.CircuitOpen, "ResourceUnavailable", true)]
    [InlineData(ErrorCode.SubmissionOutcomeUnknown, "InvalidResult", false)]
    [InlineData(ErrorCode.NotConnected, "ConnectionError", false)]
    [InlineData(ErrorCode.FileInvalid, "InvalidData", false)]
    [InlineData(ErrorCode.FileNotFound, "ObjectNotFound", false)]
    [InlineData(ErrorCode.FileChanged, "InvalidData", false)]
    [InlineData(ErrorCode.BlobPathCollision, "InvalidOperation", false)]
    [InlineData(ErrorCode.SubmissionFailed, "InvalidResult", false)]
    [InlineData(ErrorCode.WaitTimeout, "OperationTimeout", false)]
    [InlineData(ErrorCode.InvalidPrefix, "InvalidArgument", false)]
    [InlineData(ErrorCode.PortInUse, "ResourceBusy", false)]
    [InlineData(ErrorCode.ListenDenied, "PermissionDenied", false)]
    [InlineData(ErrorCode.SecretRequired, "InvalidArgument", false)]
    [InlineData(ErrorCode.ReportNotWritten, "WriteError", false)]
    [InlineData(ErrorCode.LogNotWritten, "WriteError", false)]
    [InlineData(ErrorCode.LedgerInvalid, "InvalidArgument", false)]
    [InlineData(ErrorCode.LedgerNotFound, "ObjectNotFound", false)]
    [InlineData(ErrorCode.LedgerUnavailable, "ResourceUnavailable", true)]
    [InlineData(ErrorCode.LedgerDamaged, "InvalidData", false)]
    [InlineData(ErrorCode.LedgerFull, "LimitsExceeded", false)]
    [InlineData(ErrorCode.LedgerTooNew, "InvalidOperation", false)]
    [InlineData(ErrorCode.LedgerNotSupported, "NotImplemented", false)]
    [InlineData(ErrorCode.Unknown, "NotSpecified", false)]
    public void Find_returns_category_and_repeat_of_a_code_without_a_status(string code, string category, bool retryable)
    {
        StatusRule rule = StatusTable.Find(ErrorSystem.MediaMagic, null, code);
        Assert.Equal((code, 0, category, retryable), (rule.Code, rule.Status, rule.Category, rule.IsRetryable));
    }

    [Theory]
    [InlineData(ErrorSystem.Reten, 204, null, 0, "ProtocolError")]
    [InlineData(ErrorSystem.Reten, 429, null, 429, "QuotaExceeded")]
    [InlineData(ErrorSystem.Reten, 418, null, 4, "InvalidOperation")]
    [InlineData(ErrorSystem.Reten, 500, null, 5, "ResourceUnavailable")]
    [InlineData(ErrorSystem.Erynoa, 599, null, 5, "ResourceUnavailable")]
    [InlineData(ErrorSystem.Erynoa, 499, "VALIDATION_ERROR", 422, "InvalidData")]
    [InlineData(ErrorSystem.AzureBlob, 503, ErrorCode.ServerError, 5, "ResourceUnavailable")]
    [InlineData(ErrorSystem.AzureBlob, 400, "new", 400, "InvalidData")]
    [InlineData(ErrorSystem.AzureBlob, 401, "new", 401, "AuthenticationError")]
    [InlineData(ErrorSystem.MediaMagic, 503, ErrorCode.ServerError, 503, "ResourceUnavailable")]
    [InlineData(ErrorSystem.MediaMagic, 400, "new", 400, "InvalidArgument")]
    [InlineData(ErrorSystem.MediaMagic, 499, "new", 4, "InvalidOperation")]
    [InlineData(ErrorSystem.MediaMagic, 399, "new", 0, "ProtocolError")]
    [InlineData("Another", 409, "new", 409, "InvalidOperation")]
    public void Find_goes_by_code_then_status_then_class_of_the_status(string system, int status, string? code, int found, string category)
    {
        StatusRule rule = StatusTable.Find(system, status, code);
        Assert.Equal((found, category), (rule.Status, rule.Category));
    }

    [Theory]
    [InlineData(ErrorSystem.Reten, 404, "NotFound")]
    [InlineData(ErrorSystem.Erynoa, 404, "resource_not_found")]
    [InlineData(ErrorSystem.Erynoa, 401, ErrorCode.Unauthorized)]
    [InlineData(ErrorSystem.AzureBlob, 404, ErrorCode.NotFound)]
    [InlineData(ErrorSystem.AzureBlob, 413, "RequestBodyTooLarge")]
    [InlineData("Another", 415, ErrorCode.UnsupportedContentType)]
    public void CodeOf_returns_the_code_of_the_system_when_the_status_has_one_only(string system, int status, string code) =>
        Assert.Equal(code, StatusTable.CodeOf(system, status));

    [Theory]
    [InlineData(ErrorSystem.MediaMagic, "File")]
    [InlineData(ErrorSystem.AzureBlob, "File")]
    [InlineData(ErrorSystem.Reten, "Service")]
    [InlineData(ErrorSystem.Erynoa, "Service")]
    [InlineData(ErrorSystem.Unknown, "Service")]
    public void ConcernOf_believes_only_the_service_and_its_storage(string system, string concern) =>
        Assert.Equal(concern, StatusTable.ConcernOf(system, new StatusRule(system, 413, "TooLarge", "LimitsExceeded", Concern.File)).ToString());
}
