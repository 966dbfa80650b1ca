namespace MediaMagic.Tests.Bulk;

/// <summary>The databases that a ledger can be in.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}
