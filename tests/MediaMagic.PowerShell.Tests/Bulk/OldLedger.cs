using System.Globalization;
using System.Threading.Tasks;

namespace MediaMagic.Tests.Bulk;

/// <summary>Ledgers of versions 1 and 2 as they were written, to be kept as they are.</summary>
internal static class OldLedger
{
    public const string Key = "https://service.test/ sk_test_\u2026cd01 aaaaaa";
    public const string NewKey = "https://service.test/ sk_test_\u2026cd02 bbbbbb";

    /// <summary>Makes a ledger of the version with these rows.</summary>
    public static Task WriteAsync(string ledger, int version, params string[] rows) => TestLedger.ExecuteAsync(
        ledger,
        (version == 1 ? Tables(1, "workspace, hash, name", "workspace, upload_key", "workspace, blob_path") : Tables(2, "hash, name, workspace", "upload_key, workspace", "blob_path, workspace"))
            + string.Concat(rows));

    /// <summary>Returns the statement that adds a row.</summary>
    public static string Row(
        int number, string state, string? blob = null, string? submission = null, int unclear = 0, int retryable = 0, string? error = null, int updated = 1, string? name = null, string label = Key)
    {
        name ??= string.Create(CultureInfo.InvariantCulture, $"file{number:00}.txt");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            insert into mediamagic_files values ('{label}', '{TestLedger.HashOf(number)}', '{name}', 10, '/files/{name}', '{name}', '{name.ToUpperInvariant()}',
                '{state}', 'another', 0, 1, {unclear}, {retryable}, {Quoted(blob)}, {Quoted(submission)}, null, null, {Quoted(error)}, 1, {updated});
            """);
    }

    private static string Quoted(string? text) => text is null ? "null" : $"'{text}'";

    private static string Tables(int version, string row, string upload, string blob) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        create table mediamagic_ledger (version bigint not null);
        insert into mediamagic_ledger (version) values ({version});
        create table mediamagic_files (
            workspace text not null,
            hash text not null,
            name text not null,
            size bigint not null,
            path text not null,
            upload_name text not null,
            upload_key text not null,
            state text not null,
            owner text not null,
            lease_until bigint not null,
            attempts integer not null,
            unclear integer not null,
            retryable integer not null,
            blob_path text,
            submission_id text,
            asset_id text,
            status text,
            error text,
            created_at bigint not null,
            updated_at bigint not null,
            primary key ({row}),
            unique ({upload})
        );
        create index mediamagic_files_leased on mediamagic_files (owner) where lease_until > 0;
        create index mediamagic_files_blob on mediamagic_files ({blob});
        """);
}
