using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>What a slow line is to an upload, and what it is not.</summary>
public sealed class SlowLineTests
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task StorageSender_waits_as_long_as_bytes_move()
    {
        ApiAnswer answer = await SendAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(201, answer.Status);
        Assert.True(_clock.Elapsed > 50 * s_idle, _clock.Elapsed.ToString());
    }

    [Fact]
    public async Task StorageSender_gives_up_when_no_byte_moves_within_the_limit()
    {
        LostConnectionException failure = await Assert.ThrowsAsync<LostConnectionException>(() => SendAsync(TimeSpan.FromSeconds(6)));
        Assert.Equal(ErrorCode.Timeout, failure.ToError(new ErrorContext()).Code);
    }

    private async Task<ApiAnswer> SendAsync(TimeSpan everyWrite)
    {
        using TempFile file = new(UploadFixture.SinglePutLimit);
        using SourceFile source = SourceFile.Open(file.Path);
        using HttpClient http = new(new Answers().Add(async (request, stop) =>
        {
            using SlowStream line = new(() => _clock.Advance(everyWrite));
            await request.Content!.CopyToAsync(line, stop);

            // What the system still holds goes out as slowly.
            _clock.Advance(_clock.Elapsed);
            return new HttpResponseMessage(HttpStatusCode.Created);
        }));
        PartLog log = new(new ProgressMeter(null, source.Length, _clock));
        StorageSender sender = new(http, _clock, s_idle);
        return await sender.SendAsync(new Uri("https://storage.test/w/clip.mp4"), watch => new PartContent(source, 0, source.Length, log, watch), static _ => { }, default);
    }
}
