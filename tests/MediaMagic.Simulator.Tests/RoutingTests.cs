using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Paths, methods and bodies that are none.</summary>
public sealed class RoutingTests : SimulatorTest
{
    [Theory]
    [InlineData("GET", "/submissions/x/status")]
    [InlineData("GET", "/submissions/x/assets/y/results")]
    [InlineData("GET", "/nothing")]
    public async Task Unknown_paths_are_not_found(string method, string path)
    {
        Answer answer = await SendAsync(new HttpMethod(method), path, null);
        Assert.Equal(404, answer.Status);
        Assert.Equal("Not Found", answer.Detail);
    }

    [Theory]
    [InlineData("GET", "/submissions", "POST")]
    [InlineData("PUT", "/webhooks/subscriptions/x", "DELETE,GET,PATCH")]
    public async Task Wrong_methods_are_told_the_right_ones(string method, string path, string allowed)
    {
        Answer answer = await SendAsync(new HttpMethod(method), path, method == "PUT" ? Json(new System.Text.Json.Nodes.JsonObject()) : null);
        Assert.Equal(405, answer.Status);
        Assert.Equal(allowed, answer.Headers["Allow"]);
    }

    [Theory]
    [InlineData("{\"assets\": [", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("{\"assets\":[{\"blobPath\":\"\\ud800\"}]}", "application/json")]
    [InlineData("{\"\\udfff\":1}", "application/json")]
    [InlineData("{}", "text/plain")]
    public async Task Bodies_that_are_no_json_object_fail_validation(string body, string type)
    {
        Answer answer = await SendAsync(HttpMethod.Post, "/submissions", new StringContent(body, Encoding.UTF8, type));
        Assert.Equal(422, answer.Status);
        Assert.Equal(["body"], answer.Fields());
    }

    [Fact]
    public async Task Deep_json_fails_validation()
    {
        string body = string.Concat("{\"a\":", new string('[', 10_000), new string(']', 10_000), "}");
        Assert.Equal(422, (await SendAsync(HttpMethod.Post, "/submissions", new StringContent(body, Encoding.UTF8, "application/json"))).Status);
    }

    [Fact]
    public async Task Json_over_a_mebibyte_is_too_large()
    {
        string body = "{\"metadata\":\"" + new string('x', 1024 * 1024) + "\"}";
        Assert.Equal(413, (await SendAsync(HttpMethod.Post, "/submissions", new StringContent(body, Encoding.UTF8, "application/json"))).Status);
    }

    [Fact]
    public async Task A_connection_serves_many_requests_also_after_refused_bodies()
    {
        for (int i = 0; i < 20; i++)
        {
            StringContent body = new(new string('x', 300_000), Encoding.UTF8, "text/plain");
            Assert.Equal(422, (await SendAsync(HttpMethod.Post, "/submissions", body)).Status);
            Assert.Equal(404, (await GetAsync("/submissions/x")).Status);
        }

        Assert.Equal(1, Server.ConnectionCount);
        Assert.Equal(40, Server.RequestCount);
    }
}
