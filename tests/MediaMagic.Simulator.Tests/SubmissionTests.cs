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
}
