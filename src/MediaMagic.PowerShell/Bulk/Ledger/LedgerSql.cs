namespace MediaMagic.Bulk;

/// <summary>The statements of a run. Each says under what conditions it holds, so that none can undo what another process did.</summary>
internal static class LedgerSql
{
    private const string Row = "workspace = @workspace and hash = @hash and name = @name";

    // An owner that lost its row writes no more, and what is submitted stays submitted.
    private const string Mine = $"{Row} and owner = @owner and state not in ('Submitted', 'Complete')";

    // A stored Unknown (2) only becomes Accepted (3).
    private const string Sticky = "case when delivery = 2 and @delivery < 3 then 2 else @delivery end";

    private const string Others = "select 1 from mediamagic_assets other where other.workspace = @workspace and not (other.hash = @hash and other.name = @name)";
    private const string NameIsFree = $"not exists ({Others} and other.folded_name = @folded)";
    private const string BlobIsFree = $"not exists ({Others} and other.blob_path = @blob)";

    private const string NoError = "error_system = null, error_status = 0, error_code = null, error_message = null, error_concern = 0";

    // The blob of the row was overwritten by another file.
    private const string WasOverwritten = "checksums is null and coalesce(error_code, '') = 'BlobPathCollision'";

    private const string NoErrorUnlessOverwritten =
        $"error_system = case when {WasOverwritten} then error_system end, error_status = case when {WasOverwritten} then error_status else 0 end, "
        + $"error_code = case when {WasOverwritten} then error_code end, error_message = case when {WasOverwritten} then error_message end, "
        + $"error_concern = case when {WasOverwritten} then error_concern else 0 end";

    /// <summary>The order of rows that are one file: the one that got furthest comes first, then the newest.</summary>
    public const string Furthest = "delivery desc, case when submission_id is null then 1 else 0 end, updated_at desc";

    private static readonly string[] s_keys = ["key", "windows", "macos", "macoscase"];
    private static readonly string[] s_row = ["workspace", "hash", "name"];
    private static readonly string[] s_mine = ["workspace", "hash", "name", "owner"];
    private static readonly string[] s_error = ["system", "status", "code", "message", "concern"];

    public static LedgerStatement Claim { get; } = new(
        """
        insert into mediamagic_assets
            (workspace, hash, name, owner, size, path, upload_name, folded_name, lease_until, name_key, state, attempts, sending, delivery, error_status, error_concern, created_at, updated_at)
        select @workspace, @hash, @name, @owner, @size, @path, @upload, @folded, {now} + @lease, @key, 'Claimed', 1, 0, 0, 0, 0, {now}, {now}
        where not exists (select 1 from mediamagic_assets other where other.workspace = @workspace and other.hash = @hash and other.name_key in (@key, @windows, @macos, @macoscase))
        on conflict do nothing
        """,
        [.. s_mine, "size", "path", "upload", "folded", "lease", .. s_keys]);

    /// <summary>
    /// Finds the row of a file by the rules of the system that wrote the row. Two rows of an earlier version may be one file: the one that got furthest counts.
    /// </summary>
    public static LedgerStatement Match { get; } = new(
        $$"""
        select {{LedgerRow.Columns}} from mediamagic_assets
        where workspace = @workspace and hash = @hash and (name = @name or name_key in (@key, @windows, @macos, @macoscase))
        order by {{Furthest}}, case when name = @name then 0 else 1 end limit 1
        """,
        [.. s_row, .. s_keys]);

    public static LedgerStatement Find { get; } = new($"select {LedgerRow.Columns} from mediamagic_assets where {Row}", s_row);

    /// <summary>Takes over a row that no process works on. If a create was being sent, it may have worked. An upload has ended only if its checksums are stored.</summary>
    public static LedgerStatement TakeOver { get; } = new(
        $$"""
        update mediamagic_assets set owner = @owner, lease_until = {now} + @lease, path = @path, attempts = attempts + 1, updated_at = {now},
            state = case when submission_id is not null then 'Claimed' when sending <> 0 or delivery = 2 then 'Submitting' when checksums is not null then 'Uploaded' else 'Claimed' end,
            delivery = case when sending <> 0 and delivery < 3 then 2 else delivery end, sending = 0
        where {{Row}} and (state in ('Claimed', 'Uploaded', 'Submitting') or (state = 'Failed' and (error_concern <> @file or error_code in ('FileChanged', 'FileNotFound') or @all <> 0)))
            and (lease_until < {now} or owner = @owner or owner = @gone)
        """,
        [.. s_mine, "path", "lease", "gone", "file", "all"]);

    /// <summary>Gives another name to a file whose name leads to the blob of another file.</summary>
    public static LedgerStatement Rename { get; } = new(
        $$"""
        update mediamagic_assets set upload_name = @upload, folded_name = @folded, blob_path = null, checksums = null, updated_at = {now}
        where {{Mine}} and sending = 0 and delivery <> 2
            and {{NameIsFree}}
        """,
        [.. s_mine, "upload", "folded"]);

    /// <summary>Reserves a blob path, before the first byte goes there. The file is not uploaded yet.</summary>
    public static LedgerStatement Reserve { get; } = new(
        $$"""
        update mediamagic_assets set state = 'Claimed', blob_path = @blob, checksums = null, updated_at = {now}
        where {{Mine}} and sending = 0 and delivery <> 2
            and {{BlobIsFree}}
        """,
        [.. s_mine, "blob"]);

    public static LedgerStatement Uploaded { get; } = new(
        $$"""update mediamagic_assets set state = 'Uploaded', blob_path = @blob, checksums = @checksums, {{NoError}}, updated_at = {now} where {{Mine}} and {{BlobIsFree}}""",
        [.. s_mine, "blob", "checksums"]);

    /// <summary>Lets go of a create that stays unknown, so that the file is uploaded and submitted anew.</summary>
    public static LedgerStatement Forget { get; } = new(
        $$"""
        update mediamagic_assets set state = 'Claimed', upload_name = @upload, folded_name = @folded, blob_path = null, checksums = null, sending = 0, delivery = 0, updated_at = {now}
        where {{Mine}} and (delivery = 2 or upload_name = @upload) and {{NameIsFree}}
        """,
        [.. s_mine, "upload", "folded"]);

    /// <summary>To be committed before a create is sent. No two files are ever submitted under one blob path.</summary>
    public static LedgerStatement Sending { get; } = new(
        $$"""
        update mediamagic_assets set state = 'Submitting', blob_path = @blob, checksums = @checksums, sending = 1, updated_at = {now}
        where {{Mine}}
            and {{BlobIsFree}}
        """,
        [.. s_mine, "blob", "checksums"]);

    /// <summary>Stores how a create ended that did not settle the file.</summary>
    public static LedgerStatement Answered { get; } = new(
        $$"""
        update mediamagic_assets set sending = 0, delivery = {{Sticky}}, updated_at = {now},
            state = case when delivery = 2 or @delivery = 2 then 'Submitting' else 'Uploaded' end
        where {{Mine}} and sending <> 0
        """,
        [.. s_mine, "delivery"]);

    /// <summary>
    /// Also holds when another process took the row over meanwhile: an id is worth more than the word that it was accepted. A file that was
    /// overwritten meanwhile does not count as done.
    /// </summary>
    public static LedgerStatement Submitted { get; } = new(
        $$"""
        update mediamagic_assets set state = case when {{WasOverwritten}} then 'Failed' else 'Submitted' end, sending = 0, delivery = 3,
            lease_until = 0, updated_at = {now}, {{NoErrorUnlessOverwritten}},
            submission_id = coalesce(@submission, submission_id), asset_id = coalesce(@asset, asset_id), status = coalesce(@status, status),
            note = case when @submission is null and submission_id is null then @note else null end
        where {{Row}} and (owner = @owner or (submission_id is null and @submission is not null))
        returning state
        """,
        [.. s_mine, "submission", "asset", "status", "note"]);

    /// <summary>A file whose create is unknown stays where it is, for another run to settle.</summary>
    public static LedgerStatement Failed { get; } = new(
        $$"""
        update mediamagic_assets set state = case when delivery = 2 or @delivery = 2 then 'Submitting' else 'Failed' end, sending = 0, delivery = {{Sticky}},
            lease_until = 0, updated_at = {now},
            error_system = @system, error_status = @status, error_code = @code, error_message = @message, error_concern = @concern
        where {{Mine}}
        """,
        [.. s_mine, "delivery", .. s_error]);

    /// <summary>
    /// Takes a file back whose blob was overwritten, also from another process. What was uploaded is gone. Nothing settles a create of it that is
    /// unknown, or that was accepted without an id: its blob path leads to another file.
    /// </summary>
    public static LedgerStatement Overwritten { get; } = new(
        $$"""
        update mediamagic_assets set state = case when sending <> 0 or delivery = 2 or (delivery = 3 and submission_id is null) then 'Submitting' else 'Failed' end,
            owner = '', lease_until = 0, delivery = case when delivery = 3 and submission_id is null then 2 else delivery end, checksums = null, updated_at = {now},
            error_system = @system, error_status = @status, error_code = @code, error_message = @message, error_concern = @concern
        where workspace = @workspace and blob_path = @blob and not (hash = @hash and name = @name)
        returning path, hash, name, state
        """,
        [.. s_row, "blob", .. s_error]);

    public static LedgerStatement Release { get; } = new($"update mediamagic_assets set lease_until = 0 where {Mine}", s_mine);

    public static LedgerStatement Renew { get; } = new(
        "update mediamagic_assets set lease_until = {now} + @lease where owner = @owner and lease_until > 0", "owner", "lease");

    public static LedgerStatement Ended { get; } = new(
        $$"""
        update mediamagic_assets set state = @state, status = @analysis, asset_id = coalesce(@asset, asset_id), updated_at = {now},
            error_system = @system, error_status = @status, error_code = @code, error_message = @message, error_concern = @concern
        where {{Row}} and submission_id = @submission and not ({{WasOverwritten}})
        """,
        [.. s_row, "submission", "state", "analysis", "asset", .. s_error]);

    public static LedgerStatement WorkspaceOfKey { get; } = new("select workspace from mediamagic_keys where key_hash = @key", "key");

    public static LedgerStatement RememberKey { get; } = new(
        "insert into mediamagic_keys (key_hash, workspace) values (@key, @workspace) on conflict (key_hash) do nothing", "key", "workspace");

    public static LedgerStatement Workspaces { get; } = new(
        "select distinct workspace from mediamagic_assets where substr(workspace, 1, length(@beginning)) = @beginning", "beginning");

    public static LedgerStatement SubmissionsOf { get; } = new(
        "select distinct submission_id from mediamagic_assets where workspace = @workspace and submission_id is not null order by submission_id limit 3", "workspace");

    public static LedgerStatement List { get; } = new(
        """
        select path, state, blob_path, submission_id, asset_id, status, attempts, updated_at, error_status, error_code, error_message, note, workspace, size, hash
        from mediamagic_assets
        """);

    /// <summary>The same of a ledger that no run of this module has migrated yet.</summary>
    public static LedgerStatement ListOld { get; } = new(
        """
        select path, state, blob_path, submission_id, asset_id, status, attempts, updated_at, 0, null, error, null, workspace, size, hash
        from mediamagic_files
        """);
}
