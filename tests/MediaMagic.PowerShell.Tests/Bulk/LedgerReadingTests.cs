using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Tests.Files;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Who only reads a ledger needs no right to write it, and changes nothing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LedgerReadingTests(PostgresServer postgres) : BulkTest(postgres)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Closed = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Open = Closed | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private const int StatusColumn = 5;

    private string Archive => Path.Combine(Folder, "archive #1 100%25?");

    [UnixFact(linuxOnly: true)]
    public async Task One_that_may_only_be_read_is_read()
    {
        string ledger = await ArchiveAsync(NewLedger(Engine.Sqlite));
        Assert.Equal(3, ReadAsStranger(ledger, Closed).Count);
        Assert.Equal([ledger], Directory.GetFiles(Archive));
    }

    [UnixFact(linuxOnly: true)]
    public async Task One_that_may_be_written_is_read_where_nothing_can_be_made_beside_it()
    {
        string ledger = await ArchiveAsync(NewLedger(Engine.Sqlite), Readable | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.Equal(3, ReadAsStranger(ledger, Closed).Count);
        foreach (string ending in new[] { "-wal", "-shm" })
        {
            File.WriteAllBytes(ledger + ending, []);
            File.SetUnixFileMode(ledger + ending, Readable);
            Assert.Equal(3, ReadAsStranger(ledger, Closed).Count);
        }
    }

    [UnixFact(linuxOnly: true)]
    public async Task One_that_may_only_be_read_is_read_through_a_link()
    {
        string ledger = await ArchiveAsync(NewLedger(Engine.Sqlite));
        string link = Path.Combine(Folder, "link.db");
        File.CreateSymbolicLink(link, ledger);
        Assert.Equal(3, ReadAsStranger(link, Closed).Count);
    }

    [UnixFact(linuxOnly: true)]
    public async Task A_read_only_file_in_a_folder_for_all_is_read_again_and_again()
    {
        string ledger = await ArchiveAsync(NewLedger(Engine.Sqlite));
        Assert.Equal(3, ReadAsStranger(ledger, Open).Count);
        Assert.Equal(3, ReadAsStranger(ledger, Open).Count);
        Assert.Equal([ledger], Directory.GetFiles(Archive));
    }

    [UnixFact(linuxOnly: true)]
    public async Task While_a_run_writes_it_who_may_only_read_sees_what_is_written()
    {
        string ledger = await ArchiveAsync(NewLedger(Engine.Sqlite), Readable | UnixFileMode.UserWrite);
        LedgerWriter writer = await LedgerWriter.OpenAsync(LedgerDialect.Of(LedgerAddress.Parse(ledger)), TimeSpan.FromSeconds(5), TimeProvider.System, null, default);
        await writer.RunAsync(new ChangeCommand(new LedgerStatement("update mediamagic_assets set status = 'seen'")));
        foreach (string file in Directory.GetFiles(Archive))
        {
            File.SetUnixFileMode(file, Readable);
        }

        Assert.Equal(3, Directory.GetFiles(Archive).Length);
        Assert.All(ReadAsStranger(ledger, Closed), static status => Assert.Equal("seen", status));
        await writer.CloseAsync();
    }

    [UnixFact(linuxOnly: true)]
    public async Task What_a_run_left_beside_it_is_never_passed_over()
    {
        string ledger = NewLedger(Engine.Sqlite);
        await RunAsync(ledger, AddMany(3));
        LedgerWriter writer = await LedgerWriter.OpenAsync(LedgerDialect.Of(LedgerAddress.Parse(ledger)), TimeSpan.FromSeconds(5), TimeProvider.System, null, default);
        await writer.RunAsync(new ChangeCommand(new LedgerStatement("update mediamagic_assets set status = 'seen'")));
        Directory.CreateDirectory(Archive);
        string copy = Path.Combine(Archive, "run.db");
        foreach (string ending in new[] { string.Empty, "-wal" })
        {
            File.WriteAllBytes(copy + ending, await ReadSharedAsync(ledger + ending));
            File.SetUnixFileMode(copy + ending, Readable);
        }

        await writer.CloseAsync();
        MediaMagicException failure = Assert.Throws<MediaMagicException>(() => ReadAsStranger(copy, Closed));
        Assert.Equal(ErrorCode.LedgerUnavailable, failure.Error.Code);
        Assert.All(await ReadAsync(copy), static entry => Assert.Equal("seen", entry.Status));
    }

    [Fact]
    public async Task Its_way_of_journaling_is_not_changed()
    {
        string ledger = NewLedger(Engine.Sqlite);
        await RunAsync(ledger, AddMany(3));
        Assert.Equal("delete", Ask(ledger, "pragma journal_mode = delete"));
        Assert.Equal(3, (await ReadAsync(ledger)).Count);
        Assert.Equal("delete", Ask(ledger, "pragma journal_mode"));
    }

    [UnixFact(linuxOnly: true)]
    public async Task A_pipe_and_a_link_to_one_are_refused_and_nothing_is_made_beside_them()
    {
        string pipe = Path.Combine(Directory.CreateDirectory(Archive).FullName, "pipe");
        Assert.Equal(0, UnixCalls.MakePipe(pipe, 0x1B6));
        File.CreateSymbolicLink(pipe + ".link", pipe);
        foreach (string ledger in new[] { pipe, pipe + ".link" })
        {
            Assert.Equal(ErrorCode.LedgerInvalid, (await Assert.ThrowsAsync<MediaMagicException>(() => RunAsync(ledger, []))).Error.Code);
            MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => ReadAsync(ledger));
            Assert.Equal(ErrorCode.LedgerInvalid, failure.Error.Code);
            Assert.Contains("is a named pipe", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal([pipe, pipe + ".link"], Directory.GetFileSystemEntries(Archive).Order());
    }

    protected override void Dispose(bool disposing)
    {
        if (Directory.Exists(Archive))
        {
            File.SetUnixFileMode(Archive, Open);
        }

        base.Dispose(disposing);
    }

    // The ledger of a run that has ended, in a folder of its own.
    private async Task<string> ArchiveAsync(string ledger, UnixFileMode mode = Readable)
    {
        await RunAsync(ledger, AddMany(3));
        Directory.CreateDirectory(Archive);
        string copy = Path.Combine(Archive, "run.db");
        File.Copy(ledger, copy);
        File.SetUnixFileMode(copy, mode);
        return copy;
    }

    // The statuses of the rows.
    private List<string?> ReadAsStranger(string ledger, UnixFileMode folder)
    {
        File.SetUnixFileMode(Folder, Closed);
        File.SetUnixFileMode(Archive, folder);
        try
        {
            return Stranger.Run(() =>
            {
                Assert.Throws<UnauthorizedAccessException>(() => File.Create(ledger + (folder == Open ? string.Empty : ".new")));

                // The reader itself works on a thread of the pool, which has the rights of the process.
                Task<List<string?>> reading = ReadHereAsync(LedgerDialect.Of(LedgerAddress.Parse(ledger)));
                Assert.True(reading.IsCompleted);
                return reading.GetAwaiter().GetResult();
            });
        }
        finally
        {
            File.SetUnixFileMode(Folder, Open);
        }
    }

    // A file is read without any wait, so that all of it is on this thread.
    private static async Task<List<string?>> ReadHereAsync(LedgerDialect dialect)
    {
        try
        {
            using LedgerSession session = await LedgerSession.OpenAsync(dialect, create: false, default);
            using DbDataReader reader = await session.ListAsync(default);
            List<string?> statuses = [];
            while (await reader.ReadAsync())
            {
                statuses.Add(LedgerRow.Text(reader, StatusColumn));
            }

            return statuses;
        }
        catch (SqliteException failure)
        {
            throw dialect.Explain(failure);
        }
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static object? Ask(string ledger, string pragma)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = ledger, Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // It is a constant.
        command.CommandText = pragma;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
