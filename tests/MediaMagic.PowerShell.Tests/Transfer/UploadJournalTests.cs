using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>The journals of interrupted uploads.</summary>
public sealed class UploadJournalTests
{
    [Fact]
    public void IsHeld_recognizes_a_locked_file_after_it_is_deleted()
    {
        using TempFolder folder = new();
        string path = folder.At("held.lock");
        IOException refusal;
        using (FileStream held = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose))
        {
            refusal = Assert.Throws<IOException>(() => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }

        Assert.False(File.Exists(path));
        Assert.True(UploadJournal.IsHeld(refusal));
        Assert.False(UploadJournal.IsHeld(new FileNotFoundException()));
    }

    [Fact]
    public async Task Open_never_fails_and_never_succeeds_twice_while_uploads_open_and_close_the_same_journal()
    {
        using TempFolder folder = new();
        FileIdentity file = new("/media/clip.mp4", 1, DateTime.UnixEpoch);
        int holders = 0;
        await Task.WhenAll(Task.Run(Contend), Task.Run(Contend), Task.Run(Contend));

        void Contend()
        {
            for (int turn = 0; turn < 3000; turn++)
            {
                using UploadJournal? journal = UploadJournal.Open(folder.Path, "owner", "clip.mp4", file, TimeProvider.System);
                if (journal is not null)
                {
                    Assert.Equal(1, Interlocked.Increment(ref holders));
                    Interlocked.Decrement(ref holders);
                }
            }
        }
    }
}
