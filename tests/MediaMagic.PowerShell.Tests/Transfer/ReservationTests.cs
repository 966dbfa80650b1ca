using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.IO;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>Names and blob paths of a session belong to one content each, and to find that out stops nobody else.</summary>
public sealed class ReservationTests : IDisposable
{
    private const long Endless = 1L << 40;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly Reservations _reservations = new(PathIdentity.Default);

    [Theory]
    [InlineData("a%22b.txt", "a\"b.txt")]
    [InlineData("a_b.txt", "a b.txt")]
    [InlineData("a.txt", "A.TXT")]
    public async Task ReserveNameAsync_refuses_other_content_when_a_service_may_take_the_names_for_one(string first, string second)
    {
        using (Reservations.Claim claim = await NameAsync(first, Write("first", 1)))
        {
            claim.Keep();
        }

        await AssertTakenAsync(() => NameAsync(second, Write("second", 2)));
        using Reservations.Claim same = await NameAsync(second, Write("third", 1));
    }

    [Fact]
    public async Task ReserveNameAsync_refuses_other_content_while_the_first_file_is_under_way()
    {
        using (Reservations.Claim claim = await NameAsync("a.txt", Write("first", 1)))
        {
            await AssertTakenAsync(() => NameAsync("a.txt", Write("second", 2)));
        }

        // The first one was given back.
        using Reservations.Claim second = await NameAsync("a.txt", Write("second", 2));
    }

    [Fact]
    public async Task ReservePathAsync_refuses_other_content_under_exactly_this_path()
    {
        using Reservations.Claim claim = await PathAsync("w/a.txt", Write("first", 1));
        await AssertTakenAsync(() => PathAsync("w/a.txt", Write("second", 2)));
        using Reservations.Claim other = await PathAsync("w/A.txt", Write("second", 2));
        using Reservations.Claim same = await PathAsync("w/a.txt", Write("third", 1));
    }

    [Fact]
    public async Task FileAt_returns_the_file_that_this_session_uploaded_to_the_path()
    {
        KnownFile file = Write("first", 1);
        using Reservations.Claim claim = await PathAsync("w/a.txt", file);
        Assert.Equal(file, _reservations.FileAt("w/a.txt"));
        Assert.Null(_reservations.FileAt("w/b.txt"));
    }

    [Fact]
    public async Task Settle_keeps_name_and_path_for_the_content_when_the_file_is_gone()
    {
        KnownFile file = Write("first", 1);
        using (Reservations.Claim claim = await NameAsync("a.txt", file))
        {
            claim.Keep();
        }

        _reservations.Settle("a.txt", "w/a.txt", file.Hash!);
        File.Delete(file.Identity.Path);
        await AssertTakenAsync(() => NameAsync("A.txt", Write("second", 2)));
        await AssertTakenAsync(() => PathAsync("w/a.txt", Write("second", 2)));
        using Reservations.Claim name = await NameAsync("A.txt", Write("third", 1));
        using Reservations.Claim path = await PathAsync("w/a.txt", Write("third", 1));
    }

    [UnixFact]
    public async Task ReserveNameAsync_reads_a_file_without_stopping_other_names_and_ends_when_it_is_cancelled()
    {
        // To compare the file with what was settled, all of it has to be read: that takes longer than any test.
        FileIdentity endless = IdentityOf(_folder.WriteSparse("endless", [1], Endless));
        _reservations.Settle("a.txt", "w/a.txt", new string('0', 64));
        using CancellationTokenSource stop = new();
        Task<Reservations.Claim> reading = _reservations.ReserveNameAsync("a.txt", new KnownFile(endless), stop.Token);
        using (Reservations.Claim other = await NameAsync("b.txt", Write("other", 2)).WaitAsync(s_limit))
        {
            _reservations.Settle("b.txt", "w/b.txt", new string('1', 64));
        }

        Assert.False(reading.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(s_limit));
    }

    [Fact]
    public async Task ReserveNameAsync_reads_a_large_file_that_was_settled_and_lets_equal_content_through()
    {
        KnownFile file = Write("first", 1);
        _reservations.Settle("a.txt", "w/a.txt", file.Hash!);
        using Reservations.Claim same = await NameAsync("a.txt", file with { Hash = null });
        await AssertTakenAsync(() => NameAsync("a.txt", Write("second", 2) with { Hash = null }));
    }

    [Fact]
    public async Task ReserveNameAsync_goes_by_path_size_and_time_of_files_whose_content_is_unknown()
    {
        KnownFile file = Write("first", 1) with { Hash = null };
        using Reservations.Claim claim = await NameAsync("a.txt", file);
        using Reservations.Claim again = await NameAsync("a.txt", file);
        await AssertTakenAsync(() => NameAsync("a.txt", Write("third", 1)));
        await AssertTakenAsync(() => NameAsync("a.txt", Write("third", 1) with { Hash = null }));
    }

    public void Dispose() => _folder.Dispose();

    private static KnownFile Read(string path)
    {
        ContentDigest digest = ContentDigest.Of(path, CancellationToken.None);
        return new KnownFile(digest.Identity, digest.Hash);
    }

    private static FileIdentity IdentityOf(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        return file.Identity;
    }

    private static async Task AssertTakenAsync(Func<Task<Reservations.Claim>> reserve)
    {
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(reserve);
        Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
    }

    private KnownFile Write(string name, byte content) => Read(_folder.Write(name, [content, content, content]));

    private Task<Reservations.Claim> NameAsync(string name, KnownFile file) => _reservations.ReserveNameAsync(name, file, CancellationToken.None);

    private Task<Reservations.Claim> PathAsync(string path, KnownFile file) => _reservations.ReservePathAsync(path, file, CancellationToken.None);
}
