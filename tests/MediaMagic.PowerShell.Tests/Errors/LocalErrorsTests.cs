using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Errors without an answer say what is known and what to do.</summary>
public class LocalErrorsTests
{
    private static readonly ErrorContext s_context = new() { Method = "POST", Uri = "https://x/?sig=abc", Bucket = "upload" };

    public static IEnumerable<object[]> Messages
    {
        get
        {
            ApiError[] errors =
            [
                LocalErrors.ConnectionFailed("Connection refused (x:443)", s_context),
                LocalErrors.TlsFailed("The certificate has expired.", s_context),
                LocalErrors.Timeout(TimeSpan.FromSeconds(10.5), s_context),
                LocalErrors.CircuitOpen(5, TimeSpan.FromSeconds(42), "status 503", s_context),
                LocalErrors.SubmissionOutcomeUnknown(["w/a.mp4", "w/b.mp4"], "the answer was lost", s_context),
                LocalErrors.InvalidResponse("no submissionId", 201, s_context),
                LocalErrors.NotConnected(),
                LocalErrors.NotConnected("eu"),
                LocalErrors.NotConnected(s_context),
                LocalErrors.FileInvalid("a.txt", "it is empty"),
                LocalErrors.FileNotFound("a.txt"),
                LocalErrors.Crc64Mismatch(s_context),
                LocalErrors.FileChanged("a.txt"),
                LocalErrors.BlobPathCollision("b/a.txt", "w/a.txt"),
                LocalErrors.BlobOverwritten("b/a.txt", "w/a.txt"),
                LocalErrors.UploadTooLarge("a.mp4", 5000L << 20, LocalErrors.Stored(ErrorSystem.AzureBlob, 403, "AuthorizationPermissionMismatch", "No.", Concern.Service, Delivery.Rejected)),
                LocalErrors.AssetAlreadySubmitted("w/a.txt"),
                LocalErrors.AssetAlreadySubmitted("w/a.txt", outcomeUnknown: true),
                LocalErrors.AssetUnsettled("w/2/a.txt", "w/1/a.txt"),
                LocalErrors.UploadUnsettled("b/a.txt", "w/a.txt"),
                LocalErrors.SubmissionFailed("s1", "Codec unknown"),
                LocalErrors.SubmissionFailed("s1", null),
                LocalErrors.WaitTimeout("s1", TimeSpan.FromMinutes(60), "processing"),
                LocalErrors.InvalidPrefix("https://x/", "it is https"),
                LocalErrors.PortInUse("http://127.0.0.1:80/", 80),
                LocalErrors.ListenDenied("http://127.0.0.1:80/", 80),
                LocalErrors.SecretRequired("Nobody signs."),
                LocalErrors.ReportNotWritten("r.html", "the disk is full"),
                LocalErrors.LogNotWritten("l.jsonl", "the disk is full"),
                LocalErrors.CircuitOpen(5, TimeSpan.Zero, string.Empty, s_context),
            ];
            string[] texts =
            [
                "ConnectionFailed: The service could not be reached: Connection refused (x:443).",
                "TlsFailed: No trusted connection could be made: The certificate has expired.",
                "Timeout: No answer came within 10.5 s.",
                "CircuitOpen: The service failed 5 times in a row (last: status 503); no request is sent for another 42 s.",
                "SubmissionOutcomeUnknown: The submission of 'w/a.mp4', 'w/b.mp4' may exist: the answer was lost.",
                "201 InvalidResponse: no submissionId",
                "NotConnected: There is no MediaMagic session, and no key was found to make one.",
                "NotConnected: There is no MediaMagic session named 'eu'.",
                "NotConnected: The session was disconnected.",
                "FileInvalid: 'a.txt' cannot be submitted: it is empty.",
                "FileNotFound: There is no file 'a.txt'.",
                "Crc64Mismatch: The bytes that arrived are not those that were sent.",
                "FileChanged: 'a.txt' changed while it was being read; nothing was submitted.",
                "BlobPathCollision: 'b/a.txt' would overwrite 'w/a.txt', where this session uploaded other content; nothing was sent.",
                "BlobPathCollision: The service stored 'b/a.txt' as 'w/a.txt', where another file was. That file is overwritten, and neither of them counts as uploaded.",
                "UploadTooLarge: 'a.mp4' cannot be uploaded: storage rejects blocks (403 AuthorizationPermissionMismatch), and one request takes at most 5,000 MiB.",
                "AssetAlreadySubmitted: 'w/a.txt' was submitted by this session before; nothing was sent.",
                "AssetAlreadySubmitted: 'w/a.txt' was sent by this session before and its outcome is unknown; nothing was sent.",
                "AssetAlreadySubmitted: 'w/2/a.txt' holds the same file as 'w/1/a.txt', whose submission may exist; nothing was sent.",
                "SubmissionOutcomeUnknown: The submission of 'w/a.txt' may exist: this session sent it before, and 'b/a.txt' has the same content; nothing was uploaded.",
                "SubmissionFailed: Submission s1 failed: Codec unknown.",
                "SubmissionFailed: Submission s1 failed.",
                "WaitTimeout: Submission s1 was still processing after 60 min.",
                "InvalidPrefix: Nothing can listen on 'https://x/': it is https.",
                "PortInUse: Nothing can listen on 'http://127.0.0.1:80/': port 80 is in use.",
                "ListenDenied: Nothing can listen on 'http://127.0.0.1:80/': this user may not use port 80.",
                "SecretRequired: Nobody signs.",
                "ReportNotWritten: The report 'r.html' was not written: the disk is full.",
                "LogNotWritten: The log 'l.jsonl' cannot be written: the disk is full.",
                "CircuitOpen: The service failed 5 times in a row; no request is sent while one tries whether it is back.",
            ];
            Assert.All(errors, static error => Assert.False(string.IsNullOrEmpty(error.RecommendedAction)));
            Assert.All(errors, static error => Assert.NotEqual("NotSpecified", ErrorCatalog.CategoryOf(error)));
            return errors.Zip(texts, static (error, text) => (object[])[error.ToString(), text]);
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message(string actual, string expected) => Assert.Equal(expected, actual);

    [Fact]
    public void Every_factory_is_covered_above()
    {
        MethodInfo[] factories = typeof(LocalErrors).GetMethods(BindingFlags.Public | BindingFlags.Static);
        string[] texts = [.. Messages.Select(static row => (string)row[1])];
        Assert.All(factories, factory => Assert.Contains(texts, text => text.Contains(CodeOf(factory) + ":", StringComparison.Ordinal)));
    }

    [Fact]
    public void Request_is_named_without_its_secrets()
    {
        ApiError error = LocalErrors.ConnectionFailed("reset by sig=abc", s_context);
        Assert.Equal(("POST", "https://x/?sig=***", "upload", true), (error.Method, error.Uri, error.Bucket, error.Retryable));
        Assert.Equal("reset by sig=***", error.Detail);
    }

    [Fact]
    public void Who_submitted_before_is_told_what_is_there_to_type()
    {
        Assert.EndsWith("New-MMSubmission -Force sends it all the same.", LocalErrors.AssetAlreadySubmitted("a").RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith("Look for it first", LocalErrors.AssetAlreadySubmitted("a", outcomeUnknown: true).RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_in_no_folder_says_so()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        ApiError error = LedgerErrors.Unavailable(Path.Combine(folder, "run.db"), "SQLite Error 14");
        Assert.Contains($"there is no folder '{folder}'", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Make the folder", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("SQLite Error 14", LedgerErrors.Unavailable("run.db", "SQLite Error 14").Message, StringComparison.Ordinal);
        Assert.Contains("refused", LedgerErrors.Unavailable("postgres://x:5432/runs", "refused").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_outcomes_are_marked()
    {
        Assert.Equal(Delivery.Unknown, LocalErrors.SubmissionOutcomeUnknown(["a"], "lost").Delivery);
        Assert.True(LocalErrors.SubmissionOutcomeUnknown(["a"], "lost").OutcomeUnknown);
        Assert.False(LocalErrors.SubmissionOutcomeUnknown(["a"], "lost").Retryable);
        Assert.Equal(Delivery.Unknown, LocalErrors.AssetAlreadySubmitted("a", outcomeUnknown: true).Delivery);
        Assert.Equal(Delivery.Accepted, LocalErrors.AssetAlreadySubmitted("a").Delivery);
        Assert.Equal(Delivery.Unknown, LocalErrors.AssetUnsettled("a", "b").Delivery);
        Assert.Equal(Delivery.Unknown, LocalErrors.UploadUnsettled("a", "b").Delivery);
        Assert.Contains("-BlobPath 'w/it''s' -Force", LocalErrors.UploadUnsettled("a", "w/it's").RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(3), LocalErrors.CircuitOpen(5, TimeSpan.FromSeconds(3), string.Empty).RetryAfter);
        ApiError many = LocalErrors.SubmissionOutcomeUnknown(["a", "b", "c", "d", "e"], "lost");
        Assert.Equal("The submission of 'a', 'b', 'c' and 2 more may exist: lost.", many.Message);
    }

    // A blob that was overwritten is a collision that was noticed late.
    private static string CodeOf(MethodInfo factory) => factory.Name switch
    {
        nameof(LocalErrors.BlobOverwritten) => ErrorCode.BlobPathCollision,
        nameof(LocalErrors.AssetUnsettled) => ErrorCode.AssetAlreadySubmitted,
        nameof(LocalErrors.UploadUnsettled) => ErrorCode.SubmissionOutcomeUnknown,
        _ => factory.Name,
    };
}
