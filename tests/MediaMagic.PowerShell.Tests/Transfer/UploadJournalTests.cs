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
    public void A_held_file_is_told_by_the_error_also_when_it_is_gone()
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
    public async Task A_journal_that_another_upload_gives_back_at_that_moment_is_no_error()
    {
        using TempFolder folder = new();
        FileIdentity file = new("/media/clip.mp4", 1, DateTime.UnixEpoch);
        int opened = 0;
        await Task.WhenAll(Task.Run(Contend), Task.Run(Contend), Task.Run(Contend));
        Assert.InRange(opened, 1, 9000);

        void Contend()
        {
            for (int turn = 0; turn < 3000; turn++)
            {
                using UploadJournal? journal = UploadJournal.Open(folder.Path, "owner", "clip.mp4", file, TimeProvider.System);
                if (journal is not null)
                {
                    Interlocked.Increment(ref opened);
                }
            }
        }
    }
}
