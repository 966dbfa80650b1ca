using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Http;
using MediaMagic.Transfer;
using Polly.Timeout;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>What a slow line is to an upload, and what it is not.</summary>
public sealed class SlowLineTests
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task HttpExchange_waits_as_long_as_bytes_move()
    {
        ApiAnswer answer = await SendAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(201, answer.Status);
        Assert.True(_clock.Elapsed > 50 * s_idle, _clock.Elapsed.ToString());
    }

    [Fact]
    public async Task HttpExchange_gives_up_when_no_byte_moves_within_the_limit()
    {
        TimeoutRejectedException failure = await Assert.ThrowsAsync<TimeoutRejectedException>(() => SendAsync(TimeSpan.FromSeconds(6)));
        Assert.Equal(s_idle, failure.Timeout);
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
        ApiRequest request = StorageOperation.PutBlock("AA==", Parts.Of(source, _clock)).NewRequest(s_idle);
        return await new HttpExchange(http, new MediaMagicClientOptions { TimeProvider = _clock }).SendAsync(new CallState(request, "w/clip.mp4"), new Uri("https://storage.test/w/clip.mp4"), static _ => { }, default);
    }
}
