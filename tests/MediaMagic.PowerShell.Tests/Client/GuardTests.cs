using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Client;

/// <summary>The session's own guard against submitting something twice.</summary>
public sealed class GuardTests
{
    private const string Created = """{"submissionId":"s1","status":"submitted","assets":[]}""";
    private readonly FakeClock _clock = new();

    [Fact]
    public void A_submitted_path_is_refused_without_a_request()
    {
        Answers answers = new Answers().Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a", "w/b")));
        MediaMagicException refused = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/c", "w/b")));
        Assert.Equal(ErrorCode.AssetAlreadySubmitted, refused.Error.Code);
        Assert.Null(refused.Error.StatusCode);
        Assert.Contains("w/b", refused.Message, StringComparison.Ordinal);
        Assert.Single(answers.Asked);
        _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/c")));
        Assert.Equal(2, answers.Asked.Count);
    }

    [Fact]
    public void A_path_with_an_unknown_outcome_is_refused_too()
    {
        Answers answers = new Answers().Lost().Lost().Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a")));
        MediaMagicException refused = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a")));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Unknown), (refused.Error.Code, refused.Delivery));
        Assert.Equal(2, answers.Asked.Count);
        _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a") { Force = true }));
        Assert.Equal(3, answers.Asked.Count);
        refused = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a")));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Accepted), (refused.Error.Code, refused.Delivery));
    }

    [Fact]
    public void A_refused_create_may_be_tried_again()
    {
        Answers answers = new Answers().Status(422).Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a")));
        _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a")));
        Assert.Equal(2, answers.Asked.Count);
    }

    [Fact]
    public void A_new_version_is_no_repeat()
    {
        Answers answers = new Answers().Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a")));
        _clock.Run(() => client.Submissions.CreateAsync(Version("w/a")));
        _clock.Run(() => client.Submissions.CreateAsync(Version("w/a")));
        Assert.Equal(3, answers.Asked.Count);
        Assert.Equal(ErrorCode.AssetAlreadySubmitted, _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a"))).Error.Code);
    }

    [Fact]
    public void A_path_that_went_out_as_a_version_is_known()
    {
        Answers answers = new Answers().Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Run(() => client.Submissions.CreateAsync(Version("w/a")));
        Assert.Equal(ErrorCode.AssetAlreadySubmitted, _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a"))).Error.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void A_version_with_an_unknown_outcome_is_refused(int status)
    {
        Answers answers = (status == 0 ? new Answers().Lost() : new Answers().Status(status)).Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        ApiError unclear = _clock.Fails(() => client.Submissions.CreateAsync(Version("w/a"))).Error;
        Assert.Equal((true, false), (unclear.OutcomeUnknown, unclear.Retryable));
        Assert.Contains("Look for it", unclear.RecommendedAction, StringComparison.Ordinal);
        MediaMagicException refused = _clock.Fails(() => client.Submissions.CreateAsync(Version("w/a")));
        Assert.Equal(ErrorCode.AssetAlreadySubmitted, refused.Error.Code);
        Assert.True(refused.Error.OutcomeUnknown);
        Assert.Single(answers.Asked);
        NewSubmission forced = Version("w/a");
        forced.Force = true;
        _clock.Run(() => client.Submissions.CreateAsync(forced));
        Assert.Equal(2, answers.Asked.Count);
    }

    [Fact]
    public void A_force_that_fails_forgets_nothing()
    {
        Answers answers = new Answers().Status(201, Created).Status(409).Lost().Lost().Status(402);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a")));
        _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a") { Force = true }));
        MediaMagicException known = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a")));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, false), (known.Error.Code, known.Error.OutcomeUnknown));
        _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/b")));
        _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/b") { Force = true }));
        MediaMagicException unknown = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/b")));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, true), (unknown.Error.Code, unknown.Error.OutcomeUnknown));
        Assert.Equal(5, answers.Asked.Count);
    }

    [Fact]
    public async Task A_force_beside_a_create_under_way_leaves_its_place()
    {
        Answers answers = new Answers().Silence().Status(402);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        using CancellationTokenSource stop = new();
        Task<Submission> create = client.Submissions.CreateAsync(new NewSubmission("w/a"), stop.Token);
        _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a") { Force = true }));
        Assert.Equal(ErrorCode.AssetAlreadySubmitted, _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a"))).Error.Code);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => create);
    }

    [Fact]
    public async Task What_a_force_learnt_stays_when_the_create_beside_it_is_refused()
    {
        using MediaMagicClient client = Beside(409, others => others.Status(201, Created), out Task<Submission> create, out Action answer);
        _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a") { Force = true }));
        answer();
        await Assert.ThrowsAsync<MediaMagicException>(() => create);
        ApiError refused = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a"))).Error;
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, false), (refused.Code, refused.OutcomeUnknown));
    }

    [Fact]
    public async Task What_a_force_left_unknown_stays_so_when_the_version_beside_it_is_made()
    {
        using MediaMagicClient client = Beside(201, others => others.Status(500), out Task<Submission> create, out Action answer, Version("w/a"));
        NewSubmission forced = Version("w/a");
        forced.Force = true;
        _clock.Fails(() => client.Submissions.CreateAsync(forced));
        answer();
        await create;
        ApiError refused = _clock.Fails(() => client.Submissions.CreateAsync(Version("w/a"))).Error;
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, true), (refused.Code, refused.OutcomeUnknown));
    }

    [Fact]
    public async Task A_create_cancelled_while_its_answer_is_awaited_counts_as_unknown()
    {
        Answers answers = new Answers().Silence().Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        using CancellationTokenSource stop = new();
        Task<Submission> create = client.Submissions.CreateAsync(new NewSubmission("w/a"), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => create);
        ApiError refused = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a"))).Error;
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Unknown), (refused.Code, refused.Delivery));
    }

    [Fact]
    public async Task Of_sixty_four_callers_with_the_same_path_one_gets_through()
    {
        Answers answers = new Answers().Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        int refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            try
            {
                await client.Submissions.CreateAsync(new NewSubmission("w/a"));
            }
            catch (MediaMagicException)
            {
                Interlocked.Increment(ref refused);
            }
        })));
        Assert.Equal(63, refused);
        Assert.Single(answers.Asked);
    }

    [Fact]
    public void The_same_path_twice_in_one_submission_is_sent_once()
    {
        Answers answers = new Answers().Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a", "w/b", "w/a")));
        Assert.EndsWith("""{"assets":[{"blobPath":"w/a"},{"blobPath":"w/b"}]}""", answers.Asked[0], StringComparison.Ordinal);
    }

    // A create that is answered with the status when the test says so, and what is answered to others.
    private MediaMagicClient Beside(int status, Func<Answers, Answers> others, out Task<Submission> create, out Action answer, NewSubmission? submission = null)
    {
        TaskCompletionSource<HttpResponseMessage> first = new();
        MediaMagicClient client = TestClient.With(others(new Answers().Add((_, _) => first.Task)), _clock);
        create = client.Submissions.CreateAsync(submission ?? new NewSubmission("w/a"));
        answer = () => first.SetResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(Created) });
        return client;
    }

    private static NewSubmission Version(string path)
    {
        NewSubmission version = new();
        version.Assets.Add(new NewAsset { BlobPath = path, PreviousSubmissionId = "s1" });
        return version;
    }
}
