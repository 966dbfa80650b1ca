using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using Microsoft.Data.Sqlite;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>The ledger file of one walker, in memory where the system offers it: there, writing through costs nothing.</summary>
internal sealed class LedgerFile(ConcurrentDictionary<string, LedgerContent> contents) : IDisposable
{
    private const string Memory = "/dev/shm";
    private const int BlobPath = 6;
    private const int SubmissionId = 7;

    private const string Rows =
        """
        select name, state, sending, delivery, case when state = 'Failed' then error_concern else 0 end, upload_name, blob_path, submission_id, checksums is not null
        from mediamagic_assets order by name
        """;

    private readonly string _folder = NewFolder();
    private SqliteConnection? _reader;
    private SqliteCommand? _readVersion;
    private object? _version;
    private LedgerContent? _content;

    /// <summary>Gets the path of the ledger.</summary>
    public string Path => System.IO.Path.Combine(_folder, "ledger.db");

    private LedgerDialect Dialect => LedgerDialect.Of(LedgerAddress.Parse(Path));

    /// <summary>Creates a folder for the files of a test.</summary>
    public static string NewFolder() => Directory.CreateDirectory(System.IO.Path.Combine(
        Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath(), "mm-world-" + Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>Creates a ledger without files.</summary>
    public async Task<LedgerContent> CreateAsync()
    {
        (await LedgerSession.OpenAsync(Dialect, create: true, default)).Dispose();
        Open();
        return Read();
    }

    /// <summary>Writes the ledger as a process left it.</summary>
    public void Restore(LedgerContent content)
    {
        Close();
        File.Delete(Path + "-wal");
        File.Delete(Path + "-shm");
        File.WriteAllBytes(Path, content.Bytes);
        Open();
        _version = _readVersion!.ExecuteScalar();
        _content = content;
    }

    /// <summary>Reads what is committed now.</summary>
    public LedgerContent Read()
    {
        object? version = _readVersion!.ExecuteScalar();
        if (_content is null || !Equals(version, _version))
        {
            _version = version;
            _content = ReadRows();
        }

        return _content;
    }

    /// <summary>Returns a number that a query finds.</summary>
    public async Task<long> CountAsync(string sql)
    {
        using DbConnection connection = await Dialect.OpenAsync(create: true, default);
        return Count(connection, sql);
    }

    /// <summary>Runs a statement, as time or another program would.</summary>
    public async Task ExecuteAsync(string sql)
    {
        using DbConnection connection = await Dialect.OpenAsync(create: true, default);
        using DbCommand command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(_folder, recursive: true);
    }

    private void Open()
    {
        _reader = new SqliteConnection($"Data Source={Path};Pooling=False");
        _reader.Open();
        _readVersion = _reader.CreateCommand();
        _readVersion.CommandText = "pragma data_version";
    }

    private void Close()
    {
        _readVersion?.Dispose();
        _reader?.Dispose();
    }

    private LedgerContent ReadRows()
    {
        List<string> keys = [];
        List<string> rows = [];
        List<string> paths = [];
        bool hasFailed = false;
        using (DbCommand command = Command(_reader!, Rows))
        using (DbDataReader reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                object[] values = new object[reader.FieldCount];
                reader.GetValues(values);
                keys.Add(string.Join(' ', values));
                if (values[BlobPath] is string path)
                {
                    paths.Add(path);
                    values[BlobPath] = ServiceState.Short(path);
                }

                values[SubmissionId] = values[SubmissionId] is string;
                hasFailed |= values[1] is LedgerState.Failed;
                rows.Add(string.Join(' ', values));
            }
        }

        long known = Count(_reader!, "select count(*) from mediamagic_keys");
        keys.Add($"{known} keys");
        rows.Add(known > 0 ? "key known" : "key new");
        return contents.GetOrAdd(string.Join("; ", keys), key => new LedgerContent
        {
            Key = key,
            Text = string.Join("; ", rows),
            HasFailed = hasFailed,
            BlobPaths = paths,
            Bytes = Copy(),
        });
    }

    // Not from the file itself: to close it would end the locks of all connections of this process.
    private byte[] Copy()
    {
        string path = System.IO.Path.Combine(_folder, "copy.db");
        using (SqliteConnection copy = new($"Data Source={path};Pooling=False"))
        {
            copy.Open();
            _reader!.BackupDatabase(copy);
        }

        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    private static long Count(DbConnection connection, string sql)
    {
        using DbCommand command = Command(connection, sql);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // It is a constant of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
