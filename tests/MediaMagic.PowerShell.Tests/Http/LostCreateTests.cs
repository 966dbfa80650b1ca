using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>A create whose answer is lost or useless: what later answers prove, and what the session allows afterwards.</summary>
public sealed class LostCreateTests
{
    private const string Created = """{"submissionId":"s1","status":"submitted","assets":[{"assetId":"a1"}]}""";
    private const string Duplicate = """{"detail":"Asset with blobPath 'w/a.mp4' already submitted"}""";
    private readonly FakeClock _clock = new();

    // The service has accepted the file and consumed its blob, so that the repeat finds none.
    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(502)]
    public void Create_stays_unknown_when_the_repeat_finds_the_blob_consumed(int first)
    {
        Answers answers = First(first).Status(403, Vectors.Read("domain-403")).Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        MediaMagicException failure = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4")));
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, 403, false), (failure.Error.Code, failure.Error.StatusCode, failure.Error.Retryable));
        Assert.Equal((Delivery.Unknown, true), (failure.Delivery, failure.Error.OutcomeUnknown));
        AssertRefused(client, Delivery.Unknown);
        Assert.Equal(2, answers.Asked.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(502)]
    public void Create_is_accepted_when_the_repeat_is_answered_already_submitted(int first)
    {
        Answers answers = First(first).Status(409, Vectors.Read("domain-409"));
        using MediaMagicClient client = TestClient.With(answers, _clock);
        MediaMagicException failure = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4")));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Accepted, false), (failure.Error.Code, failure.Delivery, failure.Error.OutcomeUnknown));
        AssertRefused(client, Delivery.Accepted);
        Assert.Equal(2, answers.Asked.Count);
    }

    [Theory]
    [InlineData(404, """{"detail":"Submission not found"}""")]
    [InlineData(409, "<html><title>409 Conflict</title>Asset already submitted</html>")]
    [InlineData(409, """{"detail":"A submission is already running"}""")]
    [InlineData(429, """{"error":"Rate limit exceeded: too many submission writes"}""")]
    [InlineData(500, """{"detail":"Internal server error"}""")]
    public void Create_stays_unknown_when_the_repeat_is_answered_with_anything_else(int status, string body)
    {
        Answers answers = new Answers().Lost().Status(status, body, ("Retry-After", "1"));
        using MediaMagicClient client = TestClient.With(answers, _clock);
        MediaMagicException failure = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4")));
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, Delivery.Unknown), (failure.Error.Code, failure.Delivery));
        AssertRefused(client, Delivery.Unknown);
    }

    [Fact]
    public void Create_of_several_assets_stays_unknown_when_a_conflict_names_one_of_them()
    {
        Answers answers = new Answers().Lost().Status(409, Duplicate);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        MediaMagicException failure = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4", "w/b.mp4")));
        Assert.Equal(Delivery.Unknown, failure.Delivery);
        AssertRefused(client, Delivery.Unknown);
        AssertRefused(client, Delivery.Unknown, "w/b.mp4");
        Assert.Equal(2, answers.Asked.Count);
    }

    [Fact]
    public void Forced_create_stays_unknown_when_it_is_rejected()
    {
        Answers answers = new Answers().Lost().Lost().Status(403, Vectors.Read("domain-403"));
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4")));
        MediaMagicException forced = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4") { Force = true }));
        Assert.Equal((Delivery.Unknown, 3), (forced.Delivery, answers.Asked.Count));
        AssertRefused(client, Delivery.Unknown);
    }

    [Fact]
    public void Forced_create_settles_an_unknown_one_when_the_service_knows_the_blob_path()
    {
        Answers answers = new Answers().Lost().Lost().Status(409, Duplicate);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4")));
        MediaMagicException forced = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4") { Force = true }));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Accepted), (forced.Error.Code, forced.Delivery));
        AssertRefused(client, Delivery.Accepted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public void Next_version_is_sent_once_when_it_may_have_worked(int first)
    {
        Answers answers = First(first).Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        Assert.Equal(Delivery.Unknown, _clock.Fails(() => client.Submissions.CreateAsync(Version())).Delivery);
        MediaMagicException refused = _clock.Fails(() => client.Submissions.CreateAsync(Version()));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Unknown), (refused.Error.Code, refused.Delivery));
        Assert.Single(answers.Asked);
    }

    [Theory]
    [InlineData(409, Duplicate)]
    [InlineData(429, "{}")]
    public void Next_version_stays_unknown_and_is_not_repeated_when_a_forced_one_is_rejected(int status, string body)
    {
        Answers answers = new Answers().Lost().Status(status, body, ("Retry-After", "1")).Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Fails(() => client.Submissions.CreateAsync(Version()));
        NewSubmission forced = Version();
        forced.Force = true;
        Assert.Equal(Delivery.Unknown, _clock.Fails(() => client.Submissions.CreateAsync(forced)).Delivery);
        Assert.Equal(2, answers.Asked.Count);
    }

    [Fact]
    public async Task Cancellation_carries_unknown_when_the_create_was_sent()
    {
        Answers answers = new Answers().Silence().Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        using CancellationTokenSource stop = new();
        Task<Submission> create = client.Submissions.CreateAsync(new NewSubmission("w/a.mp4"), stop.Token);
        await stop.CancelAsync();
        RequestCanceledException cancelled = await Assert.ThrowsAsync<RequestCanceledException>(() => create);
        Assert.Equal((Delivery.Unknown, stop.Token), (cancelled.Delivery, cancelled.CancellationToken));
        AssertRefused(client, Delivery.Unknown);
        Assert.Single(answers.Asked);
        Assert.Equal("s1", _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4") { Force = true })).SubmissionId);
        Assert.Equal(2, answers.Asked.Count);
    }

    [Fact]
    public async Task Cancellation_carries_unknown_when_the_create_waits_for_its_repeat()
    {
        Answers answers = new Answers().Status(500).Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        using CancellationTokenSource stop = new();
        Task<Submission> create = client.Submissions.CreateAsync(new NewSubmission("w/a.mp4"), stop.Token);
        await stop.CancelAsync();
        Assert.Equal(Delivery.Unknown, (await Assert.ThrowsAsync<RequestCanceledException>(() => create)).Delivery);
        AssertRefused(client, Delivery.Unknown);
        Assert.Single(answers.Asked);
    }

    [Fact]
    public async Task Cancellation_leaves_the_blob_path_free_when_the_service_rejected_the_create()
    {
        Answers answers = new Answers().Status(429, "{}", ("Retry-After", "30")).Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        using CancellationTokenSource stop = new();
        Task<Submission> create = client.Submissions.CreateAsync(new NewSubmission("w/a.mp4"), stop.Token);
        await stop.CancelAsync();
        Assert.Equal(Delivery.Rejected, (await Assert.ThrowsAsync<RequestCanceledException>(() => create)).Delivery);
        Assert.Equal("s1", _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4"))).SubmissionId);
    }

    [Fact]
    public async Task Cancellation_leaves_the_blob_path_free_when_nothing_was_sent()
    {
        Answers answers = new Answers().Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        RequestCanceledException cancelled = await Assert.ThrowsAsync<RequestCanceledException>(
            () => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4"), new CancellationToken(canceled: true)));
        Assert.Equal(Delivery.NotSent, cancelled.Delivery);
        Assert.Empty(answers.Asked);
        Assert.Equal("s1", _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4"))).SubmissionId);
    }

    private static Answers First(int status) => status == 0 ? new Answers().Lost() : new Answers().Status(status);

    private static NewSubmission Version()
    {
        NewSubmission version = new();
        version.Assets.Add(new NewAsset { BlobPath = "w/a.mp4", PreviousSubmissionId = "s0" });
        return version;
    }

    // The guard of the session refuses the path without a request, and says what is known.
    private void AssertRefused(MediaMagicClient client, Delivery delivery, string path = "w/a.mp4")
    {
        ApiError refused = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission(path))).Error;
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, delivery), (refused.Code, refused.Delivery));
        Assert.Null(refused.StatusCode);
    }
}
