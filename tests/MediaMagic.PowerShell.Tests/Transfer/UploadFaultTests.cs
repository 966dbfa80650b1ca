using System;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Simulator;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>What goes wrong on the way is put right, or said.</summary>
public sealed class UploadFaultTests
{
    private const int FiveBlocks = UploadFixture.SinglePutLimit + 1;

    [Theory]
    [InlineData("PUT block", 408)]
    [InlineData("PUT block", 429)]
    [InlineData("PUT block", 500)]
    [InlineData("PUT block", 502)]
    [InlineData("PUT block", 503)]
    [InlineData("PUT block", 504)]
    [InlineData("PUT blocklist", 500)]
    [InlineData("PUT blob", 503)]
    public async Task Passing_failures_of_storage_are_survived(string operation, int status)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(operation == "PUT blob" ? UploadFixture.SinglePutLimit : FiveBlocks);
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = operation, Status = status, Count = 3 });
        fixture.AssertWhole(file, await fixture.SendAsync(file.Path));
        Assert.Empty(fixture.Simulator.Faults);
    }

    [Theory]
    [InlineData("PUT block", DropConnection.Before)]
    [InlineData("PUT block", DropConnection.After)]
    [InlineData("PUT blocklist", DropConnection.Before)]
    [InlineData("PUT blocklist", DropConnection.After)]
    [InlineData("PUT blob", DropConnection.Before)]
    [InlineData("PUT blob", DropConnection.After)]
    [InlineData("POST /uploads/direct", DropConnection.Before)]
    [InlineData("POST /uploads/direct", DropConnection.After)]
    public async Task Lost_connections_are_survived(string operation, DropConnection drop)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(operation switch { "PUT blob" => UploadFixture.SinglePutLimit, "PUT block" or "PUT blocklist" => FiveBlocks, _ => 1000 });
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = operation, DropConnection = drop, Count = 2 });
        fixture.AssertWhole(file, await fixture.SendAsync(file.Path));
        Assert.Empty(fixture.Simulator.Faults);
    }

    [Fact]
    public void Storage_that_was_never_reached_got_nothing()
    {
        FakeClock clock = new();
        Answers service = new Answers().Status(200, """{"uploadUrl":"https://storage.test/c/a.mp4?sig=x","blobPath":"w/a.mp4","expiresAt":"2100-01-01T00:00:00Z"}""");
        Answers storage = new Answers().NotSent();
        using MediaMagicClient client = TestClient.With(service, clock, options => options.StorageHandler = () => storage);
        using TempFile file = new(1000);
        MediaMagicException failure = clock.Fails(() => client.Files.UploadAsync(UploadFixture.Request(file.Path, UploadMethod.Presigned)));
        Assert.Equal((ErrorCode.ConnectionFailed, Delivery.NotSent, false), (failure.Error.Code, failure.Delivery, failure.Error.OutcomeUnknown));
        Assert.True(storage.Asked.Count > 1);
    }

    [Fact]
    public async Task Storage_that_keeps_failing_is_given_up_with_its_own_words_and_without_the_signature()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(FiveBlocks);
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT block", Status = 503, Count = 0 });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        Assert.Equal((ErrorSystem.AzureBlob, 503, "ServerBusy", 4), (failure.Error.System, failure.Error.StatusCode, failure.Error.Code, failure.Error.Attempts));
        Assert.DoesNotContain("sig=", failure + failure.Error.RawBody + failure.Error.Uri, StringComparison.Ordinal);
        Assert.False(fixture.Simulator.FindBlob(fixture.Simulator.WorkspaceId + "/clip.mp4")?.Exists ?? false);
        await fixture.AssertQuietAsync();
    }

    [Fact]
    public async Task A_wait_that_storage_asks_for_is_kept_and_one_too_long_is_not_begun()
    {
        using UploadFixture fixture = new(changeClient: options => options.MaxRetryDelay = TimeSpan.FromSeconds(5));
        using TempFile file = new(UploadFixture.SinglePutLimit);
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT blob", Status = 503, RetryAfterSec = 2 });
        Onlooker onlooker = new();
        Upload upload = await fixture.Client.Observed(onlooker).Files.UploadAsync(UploadFixture.Request(file.Path));
        Assert.True(upload.Duration >= TimeSpan.FromSeconds(2), upload.Duration.ToString());
        Assert.Equal([$"PUT {upload.BlobPath} waits 2 s: attempt 1 was answered 503"], onlooker.Waits);

        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT blob", Status = 503, RetryAfterSec = 600 });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        Assert.Equal(TimeSpan.FromMinutes(10), failure.Error.RetryAfter);
    }

    [Theory]
    [InlineData(UploadFixture.SinglePutLimit)]
    [InlineData(20 * UploadFixture.BlockSize)]
    public async Task An_address_that_expires_is_asked_for_once_more_and_only_missing_blocks_are_sent(int length)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(length);
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT block", DelayMs = 20, Count = 0 });
        bool expired = false;
        Progress progress = new(update =>
        {
            if (update.BytesSent > 0 && !expired)
            {
                expired = true;
                fixture.Simulator.ExpireUploadUrls();
            }
        });
        Upload upload = await fixture.Client.Files.UploadAsync(UploadFixture.Request(file.Path), progress);
        fixture.AssertWhole(file, upload);
        Assert.True(expired);
        Assert.Equal(upload.BlockCount, fixture.Simulator.FindBlob(upload.BlobPath!)!.PutBlockCount);
        int asked = fixture.Simulator.Requests.Count(request => request.Path.EndsWith("/uploads/url", StringComparison.Ordinal));
        Assert.InRange(asked, 1, 2);
        Assert.True(asked == 2 || length == UploadFixture.SinglePutLimit);
    }

    [Fact]
    public async Task An_address_that_is_about_to_expire_is_replaced_before_it_is_refused()
    {
        HastyClock clock = new();
        using UploadFixture fixture = Ageing(clock, lifetime: TimeSpan.FromMinutes(1), everyRequest: TimeSpan.FromSeconds(4));
        using TempFile file = new(40 * UploadFixture.BlockSize);
        UploadRequest request = UploadFixture.Request(file.Path);

        // A second sender would age the address between the check of its time and the request.
        request.MaxParallelBlocks = 1;
        fixture.AssertWhole(file, await fixture.Client.Files.UploadAsync(request));
        Assert.DoesNotContain(fixture.Simulator.Requests, static request => request.Status == 403);

        // 41 requests to storage, and an address serves for 48 seconds.
        Assert.Equal(4, fixture.Simulator.Requests.Count(request => request.Path.EndsWith("/uploads/url", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Addresses_that_are_never_right_and_soon_old_are_given_up()
    {
        HastyClock clock = new();
        using UploadFixture fixture = Ageing(clock, lifetime: TimeSpan.FromSeconds(15), everyRequest: TimeSpan.FromSeconds(20));
        using TempFile file = new(FiveBlocks);
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "* /blob/*", Status = 403, Count = 0 });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        Assert.Equal("AuthenticationFailed", failure.Error.Code);
        Assert.StartsWith(fixture.Simulator.BaseUri + "blob/", failure.Error.Uri, StringComparison.Ordinal);
        Assert.DoesNotContain("sig", failure.Error.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_is_never_right_is_given_up()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(UploadFixture.SinglePutLimit);
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "* /blob/*", Status = 403, Count = 0 });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        Assert.Equal((403, "AuthenticationFailed"), (failure.Error.StatusCode, failure.Error.Code));
        Assert.Equal(2, fixture.Simulator.Requests.Count(request => request.Path.EndsWith("/uploads/url", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Storage_that_refuses_blocks_gets_the_file_whole()
    {
        using UploadFixture fixture = new(options => options.RefuseBlocks = true);
        using TempFile file = new(FiveBlocks);
        Upload upload = await fixture.SendAsync(file.Path);
        fixture.AssertWhole(file, upload);
        Assert.Equal(0, upload.BlockCount);
        Assert.Equal(1, fixture.Simulator.FindBlob(upload.BlobPath!)!.PutBlobCount);
    }

    [Fact]
    public async Task Storage_that_refuses_blocks_of_a_file_too_large_for_one_request_is_told_with_the_limit()
    {
        const long tooLarge = (5000L * 1024 * 1024) + 1;
        using UploadFixture fixture = new(options => options.RefuseBlocks = true);
        using TempFolder folder = new();
        string path = folder.WriteSparse("clip.mp4", [0], tooLarge);
        ApiError error = (await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(path))).Error;
        Assert.Equal(ErrorCode.UploadTooLarge, error.Code);
        Assert.Contains("clip.mp4", error.Message, StringComparison.Ordinal);
        Assert.Contains("one request takes at most 5,000 MiB", error.Message, StringComparison.Ordinal);
        Assert.Contains("rejects blocks (403 ", error.Message, StringComparison.Ordinal);
        Assert.Equal((Delivery.Rejected, Concern.Service, false), (error.Delivery, error.Concern, error.Retryable));
        Assert.DoesNotContain(fixture.Simulator.Requests, static request => request.Method == "PUT" && !request.Path.Contains("comp=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_that_arrive_wrong_are_sent_again_and_at_last_given_up()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(FiveBlocks);
        SimulatorFault mismatch = UploadFixture.Rejection("PUT block", "Crc64Mismatch", 2);
        fixture.Simulator.AddFault(mismatch);
        fixture.AssertWhole(file, await fixture.SendAsync(file.Path));

        mismatch.Count = 0;
        fixture.Simulator.AddFault(mismatch);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        Assert.Equal("Crc64Mismatch", failure.Error.Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"uploadUrl":"not an address","blobPath":"w/x"}""")]
    [InlineData("""{"uploadUrl":"http://storage.example/x?sig=secret","blobPath":"w/x"}""")]
    [InlineData("""{"uploadUrl":"ftp://storage.example/x?sig=secret","blobPath":"w/x"}""")]
    [InlineData("""{"uploadUrl":"https://storage.example/x?sig=secret"}""")]
    public async Task An_answer_without_a_usable_address_is_said_so(string body)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(FiveBlocks);
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /uploads/url", Status = 200, Body = body });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        Assert.Equal(ErrorCode.InvalidResponse, failure.Error.Code);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    // A service and a client for which time passes with every request to storage.
    private static UploadFixture Ageing(HastyClock clock, TimeSpan lifetime, TimeSpan everyRequest) => new(
        options => (options.TimeProvider, options.UploadUrlLifetime) = (clock, lifetime),
        options =>
        {
            options.TimeProvider = clock;
            options.StorageHandler = () => new BeforeEach(options, () => clock.Advance(everyRequest));
        });
}
