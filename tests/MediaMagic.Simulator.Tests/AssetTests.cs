using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Assets and their findings.</summary>
public sealed class AssetTests : SimulatorTest
{
    [Fact]
    public async Task Issues_and_topics_are_not_found_until_the_asset_has_finished()
    {
        (string id, string[] assets) = await SubmitAsync("a.mp4");
        foreach (string what in new[] { "issues", "topics" })
        {
            Answer answer = await GetAsync($"/submissions/{id}/assets/{assets[0]}/{what}");
            Assert.Equal(404, answer.Status);
            Assert.Equal("Asset has not finished processing", answer.Detail);
            Assert.Equal("Asset not found", (await GetAsync($"/submissions/{id}/assets/nobody/{what}")).Detail);
        }

        Clock.Advance(2);
        Assert.Equal(200, (await GetAsync($"/submissions/{id}/assets/{assets[0]}/issues")).Status);
        Assert.Equal(200, (await GetAsync($"/submissions/{id}/assets/{assets[0]}/topics")).Status);
    }

    [Fact]
    public async Task An_asset_knows_its_file()
    {
        (string id, string[] assets) = await SubmitAsync("campaign.mp4");
        JsonNode asset = (await GetAsync($"/submissions/{id}/assets/{assets[0]}")).Body;
        Assert.Equal("campaign.mp4", asset["filename"]!.GetValue<string>());
        Assert.Equal("video/mp4", asset["mimeType"]!.GetValue<string>());
        Assert.Equal(id, asset["submissionId"]!.GetValue<string>());
        Assert.Null(asset["issueCount"]);
        Assert.Empty(asset["issues"]!.AsArray());
    }

    [Fact]
    public async Task Counts_issues_and_topics_agree()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"clip-{i}.mp4")];
        (string id, string[] assets) = await SubmitAsync(names);
        Clock.Advance(2);
        HashSet<int> counts = [];
        foreach (string asset in assets)
        {
            JsonNode found = (await GetAsync($"/submissions/{id}/assets/{asset}")).Body;
            JsonArray issues = (await GetAsync($"/submissions/{id}/assets/{asset}/issues")).Body.AsArray();
            JsonNode topics = (await GetAsync($"/submissions/{id}/assets/{asset}/topics")).Body;
            Assert.Equal(issues.Count, found["issueCount"]!.GetValue<int>());
            Assert.Equal(Ids(issues), Ids(found["issues"]!.AsArray()));
            Assert.All(topics["topics"]!.AsArray(), topic => Assert.True(topic!["issues"]!.AsArray().Count >= 2));
            IEnumerable<string> grouped = topics["topics"]!.AsArray().SelectMany(topic => Ids(topic!["issues"]!.AsArray()));
            Assert.Equal(Ids(issues).Order(), grouped.Concat(Ids(topics["orphanIssues"]!.AsArray())).Order());
            Assert.All(issues, issue => Assert.Contains(issue!["severity"]!.GetValue<string>(), new[] { "CRITICAL", "MAJOR", "MINOR", "INFO" }));
            counts.Add(issues.Count);
        }

        Assert.True(counts.Count > 2, "Files should differ in their findings.");
    }

    [Fact]
    public async Task Issues_carry_the_sidekicks_that_were_asked_for()
    {
        const string Sidekick = "11111111-2222-3333-4444-555555555555";
        JsonArray assets = [];
        for (int i = 0; i < 6; i++)
        {
            assets.Add(new JsonObject { ["blobPath"] = await UploadAsync($"clip-{i}.mp4") });
        }

        Answer created = await PostAsync("/submissions", new JsonObject { ["assets"] = assets, ["sidekickIds"] = new JsonArray(Sidekick) });
        Clock.Advance(2);
        List<JsonNode?> issues = [];
        foreach (JsonNode? asset in created.Body["assets"]!.AsArray())
        {
            issues.AddRange((await GetAsync($"/submissions/{created.Text("submissionId")}/assets/{asset!["assetId"]}/issues")).Body.AsArray());
        }

        Assert.NotEmpty(issues);
        Assert.All(issues, issue => Assert.Equal(Sidekick, issue!["sidekickId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_failed_asset_has_no_findings()
    {
        (string id, string[] assets) = await SubmitAsync("fail-permanent.mp4");
        Clock.Advance(2);
        Assert.Equal("[]", (await GetAsync($"/submissions/{id}/assets/{assets[0]}/issues")).Raw);
    }

    private static IEnumerable<string> Ids(JsonArray issues) => issues.Select(issue => issue!["id"]!.GetValue<string>());
}
