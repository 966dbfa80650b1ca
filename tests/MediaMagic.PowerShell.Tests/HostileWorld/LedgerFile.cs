using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using MediaMagic.Bulk;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>The ledger file of one walker, in memory where the system offers it: there, writing through costs nothing.</summary>
internal sealed class LedgerFile : IDisposable
{
    private const string Memory = "/dev/shm";

    private const string Rows =
        """
        select name, state, sending, delivery, case when state = 'Failed' then error_concern else 0 end, upload_name, blob_path, submission_id is not null, checksums is not null
        from mediamagic_assets order by name
        """;

    private readonly string _folder = NewFolder();
    private readonly FileInfo _log;

    /// <summary>Creates the folder of a ledger, and no ledger yet.</summary>
    public LedgerFile()
    {
        Path = System.IO.Path.Combine(_folder, "ledger.db");
        _log = new FileInfo(Path + "-wal");
    }

    /// <summary>Gets the path of the ledger.</summary>
    public string Path { get; }

    /// <summary>Gets the length of what was committed since the ledger was opened. Every commit that changes something adds to it.</summary>
    public long Committed
    {
        get
        {
            _log.Refresh();
            return _log.Exists ? _log.Length : 0;
        }
    }

    private LedgerDialect Dialect => LedgerDialect.Of(LedgerAddress.Parse(Path));

    /// <summary>Creates a folder for the files of a test.</summary>
    public static string NewFolder() => Directory.CreateDirectory(System.IO.Path.Combine(
        Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath(), "mm-world-" + Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>Returns the bytes of a ledger without files.</summary>
    public static async Task<byte[]> CreateAsync()
    {
        using LedgerFile file = new();
        (await LedgerSession.OpenAsync(file.Dialect, create: true, default)).Dispose();
        return file.Read();
    }

    /// <summary>Writes the ledger as a process left it.</summary>
    public void Restore(byte[] bytes)
    {
        _log.Delete();
        File.Delete(Path + "-shm");
        File.WriteAllBytes(Path, bytes);
    }

    /// <summary>Reads the ledger as a process left it.</summary>
    public byte[] Read() => File.ReadAllBytes(Path);

    /// <summary>Reads what the ledger holds.</summary>
    public async Task<LedgerContent> ReadContentAsync()
    {
        List<string> rows = [];
        List<string> paths = [];
        bool hasFailed = false;
        using DbConnection connection = await Dialect.OpenAsync(create: true, default);
        using (DbCommand command = connection.CreateCommand())
        {
            command.CommandText = Rows;
            using DbDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                object[] values = new object[reader.FieldCount];
                reader.GetValues(values);
                if (values[6] is string path)
                {
                    paths.Add(path);
                    values[6] = ServiceState.Short(path);
                }

                hasFailed |= values[1] is LedgerState.Failed;
                rows.Add(string.Join(' ', values));
            }
        }

        rows.Add(await CountAsync(connection, "select count(*) > 0 from mediamagic_keys") > 0 ? "key known" : "key new");
        return new LedgerContent(string.Join("; ", rows), hasFailed, paths);
    }

    /// <summary>Returns a number that a query finds.</summary>
    public async Task<long> CountAsync(string sql)
    {
        using DbConnection connection = await Dialect.OpenAsync(create: true, default);
        return await CountAsync(connection, sql);
    }

    /// <summary>Runs a statement, as time or another program would.</summary>
    public async Task ExecuteAsync(string sql)
    {
        using DbConnection connection = await Dialect.OpenAsync(create: true, default);
        using DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // It is a constant of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<long> CountAsync(DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // It is a constant of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
