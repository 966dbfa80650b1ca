#if !NET
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>Stands where the build has no client for PostgreSQL.</summary>
internal static class PostgresDialect
{
    public static LedgerDialect Create(LedgerAddress address) => throw new MediaMagicException(LedgerErrors.NotSupported(address.Shown));
}
#endif
