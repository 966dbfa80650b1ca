using System;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.IO;

namespace MediaMagic.Bulk;

/// <summary>What differs between the databases that can hold a ledger. The statements are the same.</summary>
internal abstract class LedgerDialect(LedgerAddress address)
{
    public LedgerAddress Address { get; } = address;

    /// <summary>Gets or sets how this system compares the paths of files.</summary>
    public PathIdentity PathIdentity { get; set; } = PathIdentity.Default;

    /// <summary>The expression for milliseconds since 1970 by the one clock that all processes of the ledger share.</summary>
    public abstract string Now { get; }

    /// <summary>The dialect of the address.</summary>
    public static LedgerDialect Of(LedgerAddress address) => address.Server is null ? new SqliteDialect(address) : PostgresDialect.Create(address);

    /// <summary>Opens a connection and makes it fit for use.</summary>
    public abstract Task<DbConnection> OpenAsync(bool create, CancellationToken stop);

    /// <summary>What carries out statements on the connection.</summary>
    public abstract ILedgerRunner RunnerOf(DbConnection connection);

    /// <summary>The statement in the database's words.</summary>
    public string TextOf(LedgerStatement statement) => statement.Sql.Replace("{now}", Now);

    /// <summary>Begins a transaction. One that only reads waits for no other process where the database allows it.</summary>
    public abstract DbTransaction Begin(DbConnection connection, bool toRead = false);

    /// <summary>Keeps other processes from changing the tables until the transaction ends.</summary>
    public abstract Task LockTablesAsync(DbConnection connection, DbTransaction transaction, CancellationToken stop);

    /// <summary>A query for the number of tables of that name.</summary>
    public abstract string CountTables(string name);

    /// <summary>A query for the number of tables of whatever name, where the database is ours alone.</summary>
    public abstract string? CountAllTables { get; }

    /// <summary>Gets a number that changes when another process writes the ledger; 0 where that cannot be seen.</summary>
    public virtual long Stamp => 0;

    /// <summary>What the failure means.</summary>
    public abstract LedgerFault FaultOf(Exception failure);

    /// <summary>The failure in our words.</summary>
    public MediaMagicException Explain(Exception failure)
    {
        if (failure is MediaMagicException known)
        {
            return known;
        }

        string problem = failure.InnerException is Exception inner && FaultOf(failure) == LedgerFault.Lost ? $"{failure.Message}: {inner.Message}" : failure.Message;
        ApiError error = FaultOf(failure) switch
        {
            LedgerFault.Damaged => LedgerErrors.Damaged(Address.Shown, problem),
            LedgerFault.Held => LedgerErrors.Held(Address.Shown),
            LedgerFault.Full => LedgerErrors.Full(Address.Shown, problem),
            _ => LedgerErrors.Unavailable(Address.Shown, problem),
        };
        return new MediaMagicException(error, failure);
    }
}
