using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.IO;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>What a session knows of files whose creates are unknown.</summary>
public sealed class UnsettledFilesTests : IDisposable
{
    private const long Endless = 1L << 40;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly UnsettledFiles _files = new(PathIdentity.Default);

    [UnixFact]
    public async Task FindAsync_reads_a_file_without_stopping_others_and_ends_when_it_is_cancelled()
    {
        // To compare the files, all of one has to be read: that takes longer than any test.
        FileIdentity endless = IdentityOf(_folder.WriteSparse("endless", [1], Endless));
        _files.Remember("w/a", new KnownFile(endless with { LastWriteUtc = default }, new string('0', 64)));
        using CancellationTokenSource stop = new();
        Task<string?> reading = _files.FindAsync(new KnownFile(endless), anyName: true, stop.Token);
        _files.Remember("w/b", new KnownFile(IdentityOf(_folder.Write("b", [1]))));
        _files.Forget("w/b");
        Assert.False(reading.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(s_limit));
    }

    [Fact]
    public async Task FindAsync_reads_no_file_of_another_length_or_name()
    {
        FileIdentity missing = new(_folder.At("missing"), 3, default);
        _files.Remember("w/a", new KnownFile(missing, new string('0', 64)));
        Assert.Null(await _files.FindAsync(new KnownFile(missing with { Length = 4 }), anyName: true, CancellationToken.None));
        Assert.Null(await _files.FindAsync(new KnownFile(missing with { Path = _folder.At("other") }), anyName: false, CancellationToken.None));
        Assert.Equal("w/a", await _files.FindAsync(new KnownFile(missing), anyName: false, CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();

    private static FileIdentity IdentityOf(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        return file.Identity;
    }
}
