using System.Data;
using System.Linq;
using MediaMagic.Bulk;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Rows that were read from a ledger.</summary>
internal static class TestRow
{
    /// <summary>Returns a row of a ledger, in the order of the columns, as a database without types of its own gives it.</summary>
    public static LedgerRow Read(params (string Column, object? Value)[] changes)
    {
        (string Column, object? Value)[] row =
        [
            ("state", LedgerState.Failed), ("owner", "me"), ("lease_until", 2000L), ("delivery", 2L), ("error_concern", (long)Concern.File), ("upload_name", "a-1.txt"),
            ("blob_path", "w1/a.txt"), ("submission_id", "s1"), ("asset_id", "a1"), ("status", "failed"), ("error_system", "MediaMagic"), ("error_status", 415),
            ("error_code", "UnsupportedContentType"), ("error_message", "No."), ("note", "Look."), ("now", 1000L), ("checksums", 1L), ("name", "a.txt"),
        ];
        using DataTable table = new();
        foreach ((string column, object? value) in row)
        {
            table.Columns.Add(column, value!.GetType());
        }

        table.Rows.Add([.. row.Select(cell => changes.Any(change => change.Column == cell.Column) ? changes.Single(change => change.Column == cell.Column).Value : cell.Value)]);
        using DataTableReader reader = table.CreateDataReader();
        Assert.True(reader.Read());
        return LedgerRow.Read(reader);
    }
}
