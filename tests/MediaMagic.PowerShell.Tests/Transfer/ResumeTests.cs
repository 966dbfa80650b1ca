using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>An upload that ended early is taken up later, by another client.</summary>
public sealed class ResumeTests : ResumeTest
{
    [Fact]
    public async Task Only_what_is_missing_is_sent()
    {
        await InterruptAsync();
        Upload upload = await ResumeAsync();
        Fixture.AssertWhole(Media, upload);
        Assert.Equal(Blocks, Fixture.Simulator.BlockUploads);
        Assert.Equal(Sent * UploadFixture.BlockSize, upload.ResumedBytes);
        Assert.Empty(Directory.GetFiles(State));
    }

    [Fact]
    public async Task Progress_starts_where_the_upload_starts_and_its_rate_counts_only_what_is_sent()
    {
        await InterruptAsync();
        List<UploadProgress> updates = [];
        Upload upload = await ResumeAsync(progress: new Progress(updates.Add));
        Assert.InRange(updates[0].BytesSent, Sent * UploadFixture.BlockSize, Length);
        Assert.InRange(upload.BytesPerSecond * upload.Duration.TotalSeconds, 1, Length - upload.ResumedBytes + 1);
    }

    [Fact]
    public async Task An_upload_that_starts_over_sends_all_blocks_under_other_names()
    {
        await InterruptAsync();
        Upload upload = await ResumeAsync(startOver: true);
        Fixture.AssertWhole(Media, upload);
        Assert.Equal((0L, Blocks), (upload.ResumedBytes, BlocksOfLastUpload()));
        Assert.Empty(Directory.GetFiles(State));
    }

    [Fact]
    public async Task The_journal_holds_neither_key_nor_address()
    {
        await InterruptAsync();
        string journal = File.ReadAllText(Assert.Single(Directory.GetFiles(State)));
        Assert.Equal(1 + Sent, journal.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (string secret in new[] { Fixture.Simulator.ApiKey, "sk_test", "sig", "http" })
        {
            Assert.DoesNotContain(secret, journal, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1,2,3]")]
    [InlineData("{\"version\":2,\"blockSize\":\"none\"}")]
    [InlineData("{\"version\":2,\"blockSize\":0}")]
    public async Task A_journal_that_cannot_be_read_is_ignored(string text)
    {
        await InterruptAsync();
        File.WriteAllText(Assert.Single(Directory.GetFiles(State)), text);
        Fixture.AssertWhole(Media, await ResumeAsync());
        Assert.Empty(Directory.GetFiles(State));
    }

    [Fact]
    public async Task A_journal_cut_at_any_place_is_ignored_or_right()
    {
        await InterruptAsync();
        string path = Assert.Single(Directory.GetFiles(State));
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 1; length < whole.Length; length += whole.Length / 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            Fixture.AssertWhole(Media, await ResumeAsync());
        }
    }

    [Fact]
    public async Task An_upload_that_was_committed_but_not_noted_so_is_committed_again()
    {
        await InterruptAsync();
        Fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT blocklist", DropConnection = DropConnection.After, Count = 0 });
        await Assert.ThrowsAsync<MediaMagicException>(() => ResumeAsync());
        Fixture.Simulator.ClearFaults();
        Assert.Single(Directory.GetFiles(State));
        long before = Fixture.Simulator.BlockUploads;
        Fixture.AssertWhole(Media, await ResumeAsync());
        Assert.Equal(before, Fixture.Simulator.BlockUploads);
    }

    [Fact]
    public async Task Four_at_once_do_not_disturb_each_other()
    {
        MediaMagicClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => TestClient.Of(Fixture.Simulator.BaseUri, Fixture.Simulator.ApiKey))];
        Array.ForEach(clients, static client => UploadFixture.Limit(client));
        Upload[] uploads = await Task.WhenAll(clients.Select(client => client.Files.UploadAsync(Request())));
        Array.ForEach(clients, static client => client.Dispose());
        Assert.All(uploads, upload => Fixture.AssertWhole(Media, upload));
        Assert.Empty(Directory.GetFiles(State));
    }

    [Fact]
    public async Task AState_folder_that_cannot_be_used_stops_no_upload()
    {
        UploadRequest request = Request();
        request.StateFolder = Path.Combine(Media.Path, "state");
        Fixture.AssertWhole(Media, await Fixture.Client.Files.UploadAsync(request));
    }

    [Fact]
    public async Task A_journal_that_is_too_old_for_storage_is_ignored()
    {
        await InterruptAsync();
        File.SetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(State)), DateTime.UtcNow.AddDays(-8));
        Fixture.AssertWhole(Media, await ResumeAsync());
        Assert.Equal(Blocks, BlocksOfLastUpload());
    }
}
