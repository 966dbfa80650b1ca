using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>The tests that share a PostgreSQL server, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BulkGroup : ICollectionFixture<PostgresServer>
{
    public const string Name = "Bulk";
}
