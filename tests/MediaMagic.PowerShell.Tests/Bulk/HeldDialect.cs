using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.IO;
using Microsoft.Data.Sqlite;

namespace MediaMagic.Tests.Bulk;

/// <summary>A ledger whose file another program holds, with what SQLite then does on Windows.</summary>
internal sealed class HeldDialect(string ledger) : SqliteDialect(LedgerAddress.Parse(ledger))
{
    private const int CannotOpen = 14;

    /// <summary>Gets or sets what the module finds when it looks at the file.</summary>
    public FileHold Hold { get; set; }

    /// <summary>Gets or sets whether SQLite cannot write the file.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Gets or sets whether SQLite cannot read it either.</summary>
    public bool IsLong { get; set; }

    /// <summary>Gets or sets how many times the file is held yet.</summary>
    public int Times { get; set; } = int.MaxValue;

    protected override bool CanBeHeld => true;

    protected override FileHold HoldOf(string path) => Hold;

    protected override Task<SqliteConnection> ConnectAsync(string source, SqliteOpenMode mode, CancellationToken stop) =>
        !IsHeld || Times-- <= 0 ? base.ConnectAsync(source, mode, stop)
        : IsLong ? throw new SqliteException("unable to open database file", CannotOpen)
        : base.ConnectAsync(source, SqliteOpenMode.ReadOnly, stop);
}
