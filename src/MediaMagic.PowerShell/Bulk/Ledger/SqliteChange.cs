using System;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MediaMagic.Bulk;

/// <summary>
/// A prepared statement that changes rows. It calls SQLite directly: the ADO.NET provider creates a reader and searches the parameters by
/// name for each execution.
/// </summary>
internal sealed class SqliteChange : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _indexes;

    public SqliteChange(sqlite3 database, string sql, string[] names)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _indexes = Array.ConvertAll(names, name => raw.sqlite3_bind_parameter_index(_statement, "@" + name));
    }

    /// <summary>Runs the statement, and returns how many rows it changed.</summary>
    public int Run(object?[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(_statement, _indexes[i]),
                long number => raw.sqlite3_bind_int64(_statement, _indexes[i], number),
                object text => raw.sqlite3_bind_text(_statement, _indexes[i], (string)text),
            });
        }

        int result = raw.sqlite3_step(_statement);
        while (result == raw.SQLITE_ROW)
        {
            result = raw.sqlite3_step(_statement);
        }

        int changed = raw.sqlite3_changes(_database);
        raw.sqlite3_reset(_statement);
        Check(result);
        return changed;
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
