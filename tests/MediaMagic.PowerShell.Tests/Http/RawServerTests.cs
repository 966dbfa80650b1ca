using System;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>Against a server that breaks the rules of HTTP, of JSON, or of decency.</summary>
public sealed class RawServerTests
{
    private const string Read = """{"submissionId":"s1","status":"complete"}""";
    private const string Created = """{"submissionId":"s1","status":"submitted","assets":[]}""";

    [Fact]
    public async Task A_read_survives_a_reset_and_a_truncated_body()
    {
        int turn = 0;
        using RawServer server = new(async connection =>
        {
            await connection.ReadRequestAsync();
            switch (Interlocked.Increment(ref turn))
            {
                case 1:
                    connection.Reset();
                    break;
                case 2:
                    await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"submissionId\":");
                    break;
                default:
                    await connection.WriteAsync(RawServer.Ok(Read));
                    break;
            }
        });
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        Assert.Equal("s1", (await client.Submissions.GetAsync("s1")).SubmissionId);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_write_on_a_pooled_connection_that_dies_is_not_repeated_behind_our_back()
    {
        // The first request leaves a connection in the pool; the second one dies on it after it was read.
        int turn = 0;
        using RawServer server = new(async connection =>
        {
            while (await connection.ReadRequestAsync())
            {
                if (Interlocked.Increment(ref turn) != 2)
                {
                    await connection.WriteAsync(RawServer.Ok(Created));
                    continue;
                }

                return;
            }
        });
        using MediaMagicClient client = TestClient.Of(server.BaseUri, change: options => options.MaxAttempts = 1);
        await client.Submissions.GetAsync("s1");
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Assets.RetryAsync("s1", "a1"));
        Assert.Equal(Delivery.Unknown, failure.Delivery);

        // One read settles whether the retry was accepted; this one tells nothing.
        Assert.Single(server.Requests, static request => request.StartsWith("POST ", StringComparison.Ordinal));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_create_whose_answer_breaks_off_is_reported_as_unknown_after_one_more_try()
    {
        using RawServer server = new(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"submissionId\":");
        });
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4")));
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, Delivery.Unknown), (failure.Error.Code, failure.Delivery));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        using RawServer target = RawServer.Always(RawServer.Ok(Read));
        using RawServer server = RawServer.Always($"HTTP/1.1 {status} Moved\r\nLocation: {target.BaseUri}api/integrations/submissions/s1\r\nContent-Length: 0\r\n\r\n");
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.InvalidResponse, failure.Error.Code);
        Assert.Equal(0, target.Connections);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task No_cookies_are_kept()
    {
        using RawServer server = RawServer.Always("HTTP/1.1 200 OK\r\nSet-Cookie: session=1; Path=/\r\nContent-Length: 21\r\n\r\n{\"submissionId\":\"s1\"}");
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        await client.Submissions.GetAsync("s1");
        await client.Submissions.GetAsync("s1");
        Assert.DoesNotContain(server.Requests, request => request.Contains("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_compressed_answer_is_read_and_a_bomb_is_refused()
    {
        using RawServer fine = RawServer.Always(Head(Zipped(Encoding.UTF8.GetBytes(Read))), Zipped(Encoding.UTF8.GetBytes(Read)));
        using MediaMagicClient reader = TestClient.Of(fine.BaseUri);
        Assert.Equal("complete", (await reader.Submissions.GetAsync("s1")).Status);
        Assert.Contains("gzip", fine.Requests.ToArray()[0], StringComparison.Ordinal);

        byte[] bomb = Zipped(new byte[200 << 20]);
        using RawServer evil = RawServer.Always(Head(bomb), bomb);
        using MediaMagicClient client = TestClient.Of(evil.BaseUri);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.InvalidResponse, failure.Error.Code);
        Assert.Contains("larger than 64 MiB", failure.Error.Message, StringComparison.Ordinal);
        Assert.Single(evil.Requests);

        static string Head(byte[] body) => $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n";
    }

    [Fact]
    public async Task Damaged_compression_is_an_invalid_response()
    {
        using RawServer server = RawServer.Always("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!");
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.InvalidResponse, failure.Error.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html><title>Welcome</title></html>")]
    [InlineData("{\"submissionId\":")]
    [InlineData("[1,2")]
    [InlineData("\"text\"")]
    public async Task A_success_without_a_readable_body_is_an_invalid_response(string body)
    {
        using RawServer server = RawServer.Always(RawServer.Ok(body));
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.InvalidResponse, failure.Error.Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Nesting_beyond_reason_is_an_invalid_response()
    {
        string deep = "{\"submissionId\":\"s1\",\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}";
        using RawServer server = RawServer.Always(RawServer.Ok(deep));
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.InvalidResponse, failure.Error.Code);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_damage_a_word_and_not_the_answer()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("{\"submissionId\":\"s1\",\"errorMessage\":\"a"), 0xFF, .. Encoding.UTF8.GetBytes("b\"}")];
        using RawServer server = RawServer.Always($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n", body);
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        Assert.Equal("a\uFFFDb", (await client.Submissions.GetAsync("s1")).ErrorMessage);
    }

    [Fact]
    public async Task A_large_answer_is_read()
    {
        string body = "[" + string.Join(",", System.Linq.Enumerable.Repeat("""{"id":"i1","summary":"0123456789012345678901234567890123456789"}""", 300_000)) + "]";
        using RawServer server = RawServer.Always(RawServer.Ok(body));
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        Assert.Equal(300_000, (await client.Assets.GetIssuesAsync("s1", "a1")).Count);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("HTTP/1.1 999999 What\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")]
    public async Task What_is_no_http_is_a_failed_connection(string answer)
    {
        using RawServer server = new(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(answer);
        });
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
        Assert.Contains(failure.Error.Code, new[] { ErrorCode.ConnectionFailed, ErrorCode.InvalidResponse });
    }

    [Fact]
    public async Task An_error_body_without_end_is_cut()
    {
        using RawServer server = new(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\n");
            byte[] part = new byte[64 * 1024];
            Array.Fill(part, (byte)'x');
            for (int i = 0; i < 1000; i++)
            {
                await connection.WriteAsync(part);
            }
        });
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(404, failure.Error.StatusCode);
        Assert.True(failure.Error.RawBody!.Length <= 64 * 1024);
    }

    private static byte[] Zipped(byte[] bytes)
    {
        using MemoryStream zipped = new();
        using (GZipStream zip = new(zipped, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return zipped.ToArray();
    }
}
