using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Pages of others, open in a browser on this machine, and other machines: they learn nothing and change nothing.</summary>
public sealed class BrowserTests : SimulatorTest
{
    [Theory]
    [InlineData("evil.test")]
    [InlineData("evil.test:{0}")]
    [InlineData("127.0.0.1.evil.test:{0}")]
    [InlineData("localhost.evil.test:{0}")]
    public async Task A_name_that_was_made_to_mean_this_machine_is_refused(string host)
    {
        string name = host.Replace("{0}", Server.BaseUri.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        foreach (string request in new[] { "GET /", "GET /simulator/state", "DELETE /simulator/faults", "GET /api/integrations/webhooks/subscriptions" })
        {
            string answer = await RawAsync($"{request} HTTP/1.1\r\nHost: {name}\r\nX-API-Key: {Server.ApiKey}\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("workspace", answer, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<script", answer, StringComparison.Ordinal);
        }

        Assert.Equal(0, Server.RequestCount);
    }

    [Fact]
    public async Task A_page_of_another_origin_is_allowed_nothing()
    {
        Server.AddFault(new SimulatorFault { Endpoint = "POST /nothing", Status = 500 });
        foreach (string request in new[] { "OPTIONS /simulator/faults", "OPTIONS /api/integrations/submissions", "GET /simulator/state" })
        {
            string answer = await RawAsync(
                $"{request} HTTP/1.1\r\nHost: {Server.BaseUri.Authority}\r\nOrigin: https://evil.test\r\nAccess-Control-Request-Method: DELETE\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 ", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Access-Control-Allow", answer, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Single(Server.Faults);
    }

    [Fact]
    public void It_listens_on_this_machine_alone()
    {
        int port = Server.BaseUri.Port;
        IPEndPoint[] own = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(address => address.Port == port)];
        Assert.NotEmpty(own);
        Assert.All(own, static address => Assert.True(IPAddress.IsLoopback(address.Address), address.ToString()));
    }

    private async Task<string> RawAsync(string request)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, Server.BaseUri.Port, patience.Token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), patience.Token);
        using MemoryStream answer = new();
        await stream.CopyToAsync(answer, patience.Token);
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
