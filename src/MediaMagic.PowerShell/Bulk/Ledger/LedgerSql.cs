namespace MediaMagic.Bulk;

/// <summary>The statements of a run. Each says under what conditions it holds, so that none can undo what another process did.</summary>
internal static class LedgerSql
{
    private const string Row = "workspace = @workspace and hash = @hash and name = @name";

    // Whoever was taken over from writes no more, and what is submitted stays submitted.
    private const string Mine = $"{Row} and owner = @owner and state not in ('Submitted', 'Complete')";

    private static readonly string[] s_row = ["workspace", "hash", "name"];
    private static readonly string[] s_mine = ["workspace", "hash", "name", "owner"];

    public static LedgerStatement Claim { get; } = new(
        """
        insert into mediamagic_files
            (workspace, hash, name, owner, size, path, upload_name, upload_key, lease_until, state, attempts, unclear, retryable, created_at, updated_at)
        values (@workspace, @hash, @name, @owner, @size, @path, @upload, @key, {now} + @lease, 'Claimed', 1, 0, 0, {now}, {now})
        on conflict do nothing
        """,
        [.. s_mine, "size", "path", "upload", "key", "lease"]);

    public static LedgerStatement Find { get; } = new($"select {LedgerRow.Columns} from mediamagic_files where {Row}", s_row);

    /// <summary>Takes a row that nobody works on: by its lease, or because its owner is gone, or because it is ours since a commit that we did not hear of.</summary>
    public static LedgerStatement TakeOver { get; } = new(
        $$"""
        update mediamagic_files set owner = @owner, lease_until = {now} + @lease, path = @path, attempts = attempts + 1, retryable = 0, updated_at = {now},
            state = case when submission_id is not null then 'Claimed' when unclear <> 0 then 'Submitting' when blob_path is not null then 'Uploaded' else 'Claimed' end
        where {{Row}} and (state in ('Claimed', 'Uploaded', 'Submitting') or (state = 'Failed' and retryable <> 0))
            and (lease_until < {now} or owner = @owner or owner = @gone)
        """,
        [.. s_mine, "path", "lease", "gone"]);

    /// <summary>Another name for a file whose name leads to something else's blob.</summary>
    public static LedgerStatement Rename { get; } = new(
        $$"""
        update mediamagic_files set upload_name = @upload, upload_key = @key, blob_path = null, updated_at = {now}
        where {{Mine}} and unclear = 0
            and not exists (select 1 from mediamagic_files other where other.workspace = @workspace and other.upload_key = @key and not (other.hash = @hash and other.name = @name))
        """,
        [.. s_mine, "upload", "key"]);

    public static LedgerStatement Uploaded { get; } = new(
        $$"""update mediamagic_files set state = 'Uploaded', blob_path = @blob, error = null, updated_at = {now} where {{Mine}}""",
        [.. s_mine, "blob"]);

    /// <summary>To be committed before a create is sent. No two files are ever submitted under one blob path.</summary>
    public static LedgerStatement Submitting { get; } = new(
        $$"""
        update mediamagic_files set state = 'Submitting', blob_path = @blob, unclear = 1, updated_at = {now}
        where {{Mine}}
            and not exists (select 1 from mediamagic_files other where other.workspace = @workspace and other.blob_path = @blob and not (other.hash = @hash and other.name = @name))
        """,
        [.. s_mine, "blob"]);

    /// <summary>Nothing of it went out, and nothing did before: as if it had never been tried.</summary>
    public static LedgerStatement NotSent { get; } = new(
        $$"""update mediamagic_files set state = 'Uploaded', unclear = 0, updated_at = {now} where {{Mine}} and state = 'Submitting'""",
        s_mine);

    /// <summary>Also true when it was taken over meanwhile: an id is worth more than the word that it was accepted.</summary>
    public static LedgerStatement Submitted { get; } = new(
        $$"""
        update mediamagic_files set state = 'Submitted', unclear = 0, retryable = 0, lease_until = 0, updated_at = {now},
            submission_id = coalesce(@submission, submission_id), asset_id = coalesce(@asset, asset_id), status = coalesce(@status, status),
            error = case when @submission is null and submission_id is null then @note else null end
        where {{Row}} and (owner = @owner or (submission_id is null and @submission is not null))
        """,
        [.. s_mine, "submission", "asset", "status", "note"]);

    public static LedgerStatement Failed { get; } = new(
        $$"""
        update mediamagic_files set state = 'Failed', blob_path = coalesce(@blob, blob_path), unclear = @unclear, retryable = @retryable, error = @error,
            lease_until = 0, updated_at = {now}
        where {{Mine}}
        """,
        [.. s_mine, "blob", "unclear", "retryable", "error"]);

    /// <summary>It stays where it is, for another run to settle.</summary>
    public static LedgerStatement Unknown { get; } = new(
        $$"""update mediamagic_files set error = @error, lease_until = 0, updated_at = {now} where {{Mine}}""",
        [.. s_mine, "error"]);

    public static LedgerStatement Release { get; } = new($"update mediamagic_files set lease_until = 0 where {Mine}", s_mine);

    public static LedgerStatement Renew { get; } = new(
        "update mediamagic_files set lease_until = {now} + @lease where owner = @owner and lease_until > 0", "owner", "lease");

    public static LedgerStatement Ended { get; } = new(
        $$"""
        update mediamagic_files set state = @state, status = @status, asset_id = coalesce(@asset, asset_id), retryable = @retryable, error = @error, updated_at = {now}
        where {{Row}} and submission_id = @submission
        """,
        [.. s_row, "submission", "state", "status", "asset", "error", "retryable"]);

    public static LedgerStatement List { get; } = new(
        """
        select path, state, blob_path, submission_id, asset_id, status, attempts, updated_at, error, workspace, size, hash
        from mediamagic_files
        """);
}
