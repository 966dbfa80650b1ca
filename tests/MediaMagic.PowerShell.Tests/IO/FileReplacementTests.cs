using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.IO;
using MediaMagic.Tests.Files;
using Xunit;

namespace MediaMagic.Tests.IO;

/// <summary>A file that takes the place of another one, and programs that are in the way.</summary>
public sealed class FileReplacementTests : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int UnableToRemove = unchecked((int)0x80070497);
    private const int UnableToMove = unchecked((int)0x80070499);
    private readonly FakeClock _clock = new();
    private readonly TempFolder _folder = new();

    private string Whole => _folder.At("new.tmp");

    private string Target => _folder.At("report.html");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SharingViolation)]
    [InlineData(UnableToRemove)]
    public void RunAsync_tries_again_while_another_program_holds_the_file(int code)
    {
        FaultyReplacement replacement = New(Held(code), Held(code));
        Run(replacement);
        Assert.Equal(3, replacement.Attempts);
        Assert.InRange(_clock.Elapsed, TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300));
        AssertOnly("new");
    }

    [Fact]
    public void RunAsync_keeps_both_files_when_the_file_is_held_to_the_end()
    {
        FaultyReplacement replacement = New([.. Enumerable.Repeat(Held(SharingViolation), 10)]);
        Assert.Equal(SharingViolation, Assert.Throws<IOException>(() => Run(replacement)).HResult);
        Assert.Equal(6, replacement.Attempts);
        Assert.Equal(("old", "new", false), (File.ReadAllText(Target), File.ReadAllText(Whole), replacement.IsTargetLost));
    }

    [Fact]
    public void RunAsync_does_not_try_again_when_the_fault_is_another_one()
    {
        FaultyReplacement replacement = New((_, _, _) => throw new UnauthorizedAccessException());
        Assert.Throws<UnauthorizedAccessException>(() => Run(replacement));
        Assert.Equal((1, "old"), (replacement.Attempts, File.ReadAllText(Target)));
    }

    [Fact]
    public void RunAsync_moves_the_new_file_when_the_old_one_was_moved_away_only()
    {
        FaultyReplacement replacement = New(MovedAway);
        Run(replacement);
        AssertOnly("new");
    }

    [Fact]
    public void RunAsync_puts_the_old_file_back_when_the_new_one_cannot_be_moved()
    {
        FaultyReplacement replacement = New(MovedAway);
        int moves = 0;
        replacement.MoveFault = () =>
        {
            if (++moves == 1)
            {
                throw new UnauthorizedAccessException();
            }
        };
        Assert.Throws<UnauthorizedAccessException>(() => Run(replacement));
        Assert.Equal(("old", "new", false), (File.ReadAllText(Target), File.ReadAllText(Whole), replacement.IsTargetLost));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void IsTargetLost_keeps_the_new_file_when_the_old_one_is_gone()
    {
        FaultyReplacement replacement = New((_, to, _) =>
        {
            File.Delete(to);
            throw Failure(UnableToMove);
        });
        replacement.MoveFault = static () => throw new UnauthorizedAccessException();
        Assert.Throws<UnauthorizedAccessException>(() => Run(replacement));
        Assert.True(replacement.IsTargetLost);
    }

    [Fact]
    public async Task RunAsync_ends_at_a_stop()
    {
        FaultyReplacement replacement = New([.. Enumerable.Repeat(Held(SharingViolation), 10)]);
        using CancellationTokenSource stop = new();
        Task running = replacement.RunAsync(_clock, stop.Token);
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal("old", await File.ReadAllTextAsync(Target));
    }

    [Fact]
    public void Open_with_all_shared_excludes_nobody()
    {
        using FileStream first = PrivateFile.Open(_folder.At("ledger.db"), FileMode.CreateNew, share: FileSharing.All);
        Assert.Equal(FileHold.None, FileSharing.HoldOf(_folder.At("ledger.db")));
    }

    [Fact]
    public void HoldOf_tells_who_is_in_the_way()
    {
        string path = _folder.Write("held.db", []);
        Assert.Equal(FileHold.None, FileSharing.HoldOf(path));
        Assert.Equal(FileHold.None, FileSharing.HoldOf(_folder.At("none.db")));
        Assert.Equal(FileHold.Refused, FileSharing.HoldOf(_folder.Path));
        using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(FileHold.Held, FileSharing.HoldOf(path));
    }

    private static IOException Failure(int code) => new("In the way.", code);

    private static Action<string, string, string?> Held(int code) => (_, _, _) => throw Failure(code);

    private static void MovedAway(string from, string to, string? backup)
    {
        File.Move(to, backup!);
        throw Failure(UnableToMove);
    }

    private FaultyReplacement New(params Action<string, string, string?>?[] faults)
    {
        File.WriteAllText(Target, "old");
        File.WriteAllText(Whole, "new");
        return new FaultyReplacement(Whole, Target, faults);
    }

    private void Run(FaultyReplacement replacement) => _clock.Run(async () =>
    {
        await replacement.RunAsync(_clock, CancellationToken.None);
        return true;
    });

    private void AssertOnly(string text)
    {
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
        Assert.Equal(text, File.ReadAllText(Target));
    }
}
