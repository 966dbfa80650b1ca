using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>Connections that are left, refused, or lead through a proxy.</summary>
public sealed class RawConnectionTests
{
    private const string Read = """{"submissionId":"s1","status":"complete"}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_returns_at_once_and_closes_the_connection(bool inBody)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using RawServer server = new(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(inBody ? "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{" : string.Empty);
            reached.SetResult();
            await connection.UntilClosedAsync();
        });
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        using CancellationTokenSource stop = new();
        Task<Submission> call = client.Submissions.GetAsync("s1", stop.Token);
        await reached.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await server.Closed.Task.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Tls_that_fails_is_not_tried_again()
    {
        using RawServer server = new(async connection =>
        {
            await connection.WriteAsync("this is no TLS\r\n\r\n");
            await connection.UntilClosedAsync();
        });
        UriBuilder address = new(server.BaseUri) { Scheme = "https" };
        using MediaMagicClient client = TestClient.Of(address.Uri);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.TlsFailed, failure.Error.Code);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_proxy_is_used_with_its_credentials()
    {
        int turn = 0;
        using RawServer proxy = new(async connection =>
        {
            while (await connection.ReadRequestAsync())
            {
                await connection.WriteAsync(Interlocked.Increment(ref turn) == 1
                    ? "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"
                    : RawServer.Ok(Read));
            }
        });
        using MediaMagicClient client = TestClient.Of(new Uri("http://localhost:1/"), change: options =>
        {
            options.Proxy = proxy.BaseUri;
            options.ProxyCredential = new System.Net.NetworkCredential("user", "word");
        });
        Assert.Equal("s1", (await client.Submissions.GetAsync("s1")).SubmissionId);
        string last = proxy.Requests.ToArray()[^1];
        Assert.StartsWith("GET http://localhost:1/api/integrations/submissions/s1", last, StringComparison.Ordinal);
        Assert.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String("user:word"u8.ToArray()), last, StringComparison.Ordinal);
    }
}
