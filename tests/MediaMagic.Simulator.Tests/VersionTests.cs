using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>New versions of what was submitted before.</summary>
public sealed class VersionTests : SimulatorTest
{
    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a-v2.mp4")]
    public async Task A_new_version_is_next_in_the_group_of_the_first(string fileName)
    {
        string path = await UploadAsync("a.mp4");
        Answer first = await CreateAsync(path);
        Answer second = await VersionAsync(await UploadAsync(fileName), first.Text("submissionId"));
        Answer third = await VersionAsync(path, first.Text("submissionId"));

        Assert.Equal(201, second.Status);
        Assert.Equal((Group(first), 2), (Group(second), Number(second)));
        Assert.Equal((Group(first), 3), (Group(third), Number(third)));
        Answer versions = await GetAsync($"/submissions/{second.Text("submissionId")}/versions");
        Assert.Equal(200, versions.Status);
        Assert.Equal([1, 2, 3], versions.Body.AsArray().Select(item => item!["versionNumber"]!.GetValue<int>()));
        Assert.Equal(
            [first.Text("submissionId"), second.Text("submissionId"), third.Text("submissionId")],
            versions.Body.AsArray().Select(item => item!["submissionId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Lists_can_come_wrapped()
    {
        Options.WrapLists = true;
        (string submission, _) = await SubmitAsync("a.mp4");
        Assert.Single((await GetAsync($"/submissions/{submission}/versions")).Body["versions"]!.AsArray());
        Assert.Empty((await GetAsync("/webhooks/subscriptions")).Body["items"]!.AsArray());
    }

    [Fact]
    public async Task The_previous_submission_must_be_there_and_have_the_asset()
    {
        string path = await UploadAsync("c.mp4");
        Assert.Equal(404, (await VersionAsync(path, Guid.NewGuid().ToString())).Status);
        (string two, _) = await SubmitAsync("a.mp4", "b.mp4");
        Assert.Equal(404, (await VersionAsync(path, two)).Status);
        Assert.Equal(201, (await VersionAsync(Server.WorkspaceId + "/b.mp4", two)).Status);
        Assert.False(Server.AcceptedBlobPaths.ContainsKey(path));
    }

    [Fact]
    public async Task Versions_made_at_once_have_numbers_of_their_own()
    {
        string path = await UploadAsync("a.mp4");
        string first = (await CreateAsync(path)).Text("submissionId");
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => VersionAsync(path, first)));
        Assert.Equal(Enumerable.Range(2, 20), answers.Select(Number).Order());
        Assert.Equal(21, Server.AcceptedBlobPaths[path]);
    }

    private static int Number(Answer answer) => answer.Body["assets"]![0]!["versionNumber"]!.GetValue<int>();

    private static string Group(Answer answer) => answer.Body["assets"]![0]!["versionGroupId"]!.GetValue<string>();

    private Task<Answer> VersionAsync(string path, string previous) => PostAsync("/submissions", new JsonObject
    {
        ["assets"] = new JsonArray(new JsonObject { ["blobPath"] = path, ["previousSubmissionId"] = previous }),
    });
}
