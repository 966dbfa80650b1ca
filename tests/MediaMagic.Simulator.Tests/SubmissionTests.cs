using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Creating submissions: what is accepted, once, and what is refused.</summary>
public sealed class SubmissionTests : SimulatorTest
{
    [Fact]
    public async Task Create_answers_as_documented()
    {
        string path = await UploadAsync("campaign-video.mp4");
        Answer answer = await CreateAsync(path);

        Assert.Equal(201, answer.Status);
        Assert.Equal("submitted", answer.Text("status"));
        Assert.Equal("submission:" + answer.Text("submissionId"), answer.Text("ablyChannel"));
        Assert.StartsWith("asset-processing-", answer.Text("workflowId"));
        JsonNode asset = Assert.Single(answer.Body["assets"]!.AsArray())!;
        Assert.Equal(["assetId", "versionGroupId", "versionNumber"], asset.AsObject().Select(member => member.Key));
        Assert.Equal(1, asset["versionNumber"]!.GetValue<int>());
        Assert.Equal(1, Server.AcceptedBlobPaths[path]);
        Assert.Equal([answer.Text("submissionId")], Server.SubmissionIdsFor(path));
    }

    [Fact]
    public async Task A_repeated_blob_path_is_refused_with_its_name()
    {
        string path = await UploadAsync("a.mp4");
        await CreateAsync(path);
        Answer again = await CreateAsync(path);

        Assert.Equal(409, again.Status);
        Assert.Equal($"Asset with blobPath '{path}' already submitted", again.Detail);
        Assert.Equal(1, Server.AcceptedBlobPaths[path]);
    }

    [Fact]
    public async Task Of_64_creates_at_once_exactly_one_is_accepted()
    {
        string[] paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => UploadAsync($"race-{i}.mp4")));
        Answer[] answers = await Task.WhenAll(paths.SelectMany(path => Enumerable.Range(0, 64).Select(_ => CreateAsync(path))));

        Assert.Equal(paths.Length, answers.Count(answer => answer.Status == 201));
        Assert.Equal(paths.Length * 63, answers.Count(answer => answer.Status == 409));
        Assert.All(paths, path => Assert.Equal(1, Server.AcceptedBlobPaths[path]));
        Assert.Equal(paths.Length, Server.SubmissionCount);
    }

    [Fact]
    public async Task A_create_takes_all_of_its_assets_or_none()
    {
        string first = await UploadAsync("first.mp4");
        string second = await UploadAsync("second.mp4");
        await CreateAsync(second);
        Assert.Equal(409, (await CreateAsync(first, second)).Status);
        Assert.Equal(403, (await CreateAsync(first, Server.WorkspaceId + "/never-uploaded.mp4")).Status);
        Assert.False(Server.AcceptedBlobPaths.ContainsKey(first));
        Assert.Equal(201, (await CreateAsync(first)).Status);
    }

    [Fact]
    public async Task One_create_cannot_name_a_blob_path_twice()
    {
        string path = await UploadAsync("a.mp4");
        Assert.Equal(409, (await CreateAsync(path, path)).Status);
        Assert.Empty(Server.AcceptedBlobPaths);
    }

    [Fact]
    public async Task Blob_paths_of_others_and_of_nobody_are_invalid()
    {
        string other = await UploadAsync("a.mp4", key: Server.OtherApiKey);
        foreach (string path in new[] { other, Server.WorkspaceId + "/never-uploaded.mp4", "a.mp4", "../a.mp4" })
        {
            Answer answer = await CreateAsync(path);
            Assert.Equal(403, answer.Status);
            Assert.Equal("Invalid blob path", answer.Detail);
        }
    }

    [Fact]
    public async Task Blocks_without_a_list_are_no_upload()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        await PutAsync(url + "&comp=block&blockid=AAAA", Mp4, null);
        Assert.Equal(403, (await CreateAsync(path)).Status);
    }

    [Theory]
    [InlineData("""{}""", "assets")]
    [InlineData("""{"assets":[]}""", "assets")]
    [InlineData("""{"assets":{}}""", "assets")]
    [InlineData("""{"assets":[7]}""", "assets.0")]
    [InlineData("""{"assets":[{}]}""", "assets.0.blobPath")]
    [InlineData("""{"assets":[{"blobPath":"w/a","contentType":"video/mp4"}]}""", "assets.0.contentType")]
    [InlineData("""{"assets":[{"blobPath":"w/a","previousSubmissionId":"x"}]}""", "assets.0.previousSubmissionId")]
    [InlineData("""{"assets":[{"blobPath":"w/a"}],"sidekickIds":["x"]}""", "sidekickIds.0")]
    [InlineData("""{"assets":[{"blobPath":"w/a"}],"sidekickIds":"x"}""", "sidekickIds")]
    [InlineData("""{"assets":[{"blobPath":"w/a"}],"metadata":[]}""", "metadata")]
    public async Task Bodies_that_are_not_as_documented_fail_validation(string body, string field)
    {
        Answer answer = await PostAsync("/submissions", JsonNode.Parse(body));
        Assert.Equal(422, answer.Status);
        Assert.Equal([field], answer.Fields());
    }

    [Theory]
    [InlineData("-1", 422)]
    [InlineData("30.5", 422)]
    [InlineData("soon", 422)]
    [InlineData("NaN", 422)]
    [InlineData("30", 201)]
    [InlineData("0.5", 201)]
    public async Task The_simulation_delay_is_from_0_to_30(string delay, int status)
    {
        JsonObject body = new() { ["assets"] = new JsonArray(new JsonObject { ["blobPath"] = await UploadAsync("a.mp4") }) };
        Assert.Equal(status, (await PostAsync($"/submissions?simulationDelaySeconds={delay}", body)).Status);
    }

    [Fact]
    public async Task The_simulation_delay_is_for_sandbox_keys()
    {
        JsonObject body = new() { ["assets"] = new JsonArray(new JsonObject { ["blobPath"] = await UploadAsync("a.mp4") }) };
        Assert.Equal(400, (await PostAsync("/submissions?simulationDelaySeconds=0", body, Server.LiveApiKey)).Status);
        Assert.Equal(201, (await PostAsync("/submissions", body.DeepClone(), Server.LiveApiKey)).Status);
    }

    [Fact]
    public async Task Bytes_must_look_like_their_type()
    {
        string path = await UploadAsync("a.mp4", "not a video"u8.ToArray());
        Answer answer = await CreateAsync(path);
        Assert.Equal(415, answer.Status);
        await UploadAsync("a.mp4");
        Assert.Equal(201, (await CreateAsync(path)).Status);
    }

    [Fact]
    public async Task A_blob_over_the_cap_of_its_category_is_too_large()
    {
        Options.DiscardBlobContent = true;
        byte[] image = new byte[(50 * 1024 * 1024) + 1];
        "GIF89a"u8.CopyTo(image);
        Assert.Equal(413, (await CreateAsync(await UploadAsync("large.gif", image, "image/gif"))).Status);
        Assert.Equal(201, (await CreateAsync(await UploadAsync("fits.gif", image[..^1], "image/gif"))).Status);
    }
}
