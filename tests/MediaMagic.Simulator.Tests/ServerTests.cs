using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Starting, stopping and looking on.</summary>
public sealed class ServerTests : SimulatorTest
{
    [Fact]
    public async Task Several_run_side_by_side()
    {
        SimulatorServer[] servers = [.. Enumerable.Range(0, 8).AsParallel().Select(_ => SimulatorServer.Start())];
        Assert.Equal(8, servers.Select(server => server.BaseUri.Port).Distinct().Count());
        foreach (SimulatorServer server in servers)
        {
            using HttpResponseMessage response = await Http.GetAsync(server.BaseUri);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            server.Dispose();
        }
    }

    [Fact]
    public async Task A_port_can_be_chosen_and_is_free_again_afterwards()
    {
        Options.Port = FreePort.Find();
        Assert.Equal(Options.Port, Server.BaseUri.Port);
        Assert.Throws<HttpListenerException>(() => SimulatorServer.Start(Options));
        Assert.Equal(404, (await GetAsync("/submissions/x")).Status);
        Server.Dispose();
        Server.Dispose();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => GetAsync("/submissions/x"));
        using SimulatorServer again = SimulatorServer.Start(Options);
        Assert.Equal(Options.Port, again.BaseUri.Port);
    }

    [Fact]
    public async Task The_name_of_this_machine_will_do()
    {
        using HttpResponseMessage response = await Http.GetAsync(new Uri($"http://localhost:{Server.BaseUri.Port}/"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Disposal_ends_requests_that_wait()
    {
        Server.AddFault(new SimulatorFault { DelayMs = 600_000 });
        Task<Answer> waiting = GetAsync("/submissions/x");
        await UntilAsync(() => Server.OpenRequests == 1);
        Server.Dispose();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => waiting);
        await UntilAsync(() => Server.OpenRequests == 0);
    }

    [Fact]
    public async Task Uploaded_bytes_are_kept_only_in_a_folder_that_was_given()
    {
        string folder = Directory.CreateTempSubdirectory("simulator-test-").FullName;
        try
        {
            Options.StorageFolder = folder;
            await UploadAsync("a.mp4");
            Server.Dispose();
            Assert.Equal(Mp4, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(folder))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Requests_are_logged_without_secrets()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        await PutAsync(url, Mp4);
        await GetAsync("/submissions/x");

        Assert.Equal([200, 201, 404], Server.Requests.Select(request => request.Status));
        Assert.Equal(["upload", null, "submission_read"], Server.Requests.Select(request => request.Bucket));
        Assert.Equal(["POST", "PUT", "GET"], Server.Requests.Select(request => request.Method));
        Assert.Equal("/api/integrations/submissions/x", Server.Requests[2].Path);
        Assert.EndsWith("sig=…", Server.Requests[1].Path);
        Assert.Equal("sk_test_…" + Server.ApiKey[^4..], Server.Requests[2].Headers["x-api-key"]);
        Assert.Equal("BlockBlob", Server.Requests[1].Headers["x-ms-blob-type"]);
        Assert.Equal(3, Server.RequestCount);
        Assert.Equal(0, Server.OpenRequests);
    }

    [Fact]
    public async Task The_log_keeps_the_last_thousand()
    {
        for (int i = 0; i < 1005; i++)
        {
            await GetAsync($"/submissions/{i}");
        }

        Assert.Equal(1000, Server.Requests.Count);
        Assert.EndsWith("/1004", Server.Requests[^1].Path);
        Assert.Equal(1005, Server.RequestCount);
        Assert.Equal(1, Server.ConnectionCount);
    }

    [Fact]
    public async Task Connections_are_counted()
    {
        for (int i = 0; i < 3; i++)
        {
            using HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
            using HttpResponseMessage response = await http.GetAsync(new Uri(Server.BaseUri, "api/integrations/x"));
        }

        Assert.Equal(3, Server.ConnectionCount);
    }
}
