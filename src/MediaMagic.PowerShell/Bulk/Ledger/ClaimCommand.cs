using System.Collections.Generic;
using MediaMagic.Errors;
using MediaMagic.IO;
using MediaMagic.Transfer;

namespace MediaMagic.Bulk;

/// <summary>Claims a file: adds a row with a name that no other file has, or takes over one that no process works on.</summary>
internal sealed class ClaimCommand(BulkFile file, string workspace, LedgerOwner owner, long lease, bool retryFailed) : ValueCommand<LedgerClaim>
{
    private readonly string?[] _keys = [file.NameKey, .. PathIdentity.NameKeysOf(file.Name)];
    private IEnumerator<string>? _names;
    private LedgerClaim? _claim;
    private string _rowName = file.Name;

    public override void Begin()
    {
        _names = UniqueName.Of(file.Name, file.Hash).GetEnumerator();
        _claim = null;
        TryName();
    }

    public override void Continue(LedgerStep done)
    {
        if (done.Statement == LedgerSql.Claim)
        {
            if (done.Changed > 0)
            {
                End(new LedgerClaim(true, LedgerRow.Fresh(file.Name, _names!.Current, owner.Name)));
            }
            else
            {
                Match();
            }
        }
        else if (done.Statement == LedgerSql.TakeOver)
        {
            _claim = new LedgerClaim(done.Changed > 0, LedgerRow.None);
            Next = new LedgerStep(LedgerSql.Find, LedgerRow.Read, workspace, file.Hash, _rowName);
        }
        else if (done.Row is null)
        {
            // Another file has the name.
            TryName();
        }
        else if (_claim is not null)
        {
            End(_claim with { Row = done.Row });
        }
        else
        {
            Take(done.Row);
        }
    }

    private void TryName()
    {
        _names!.MoveNext();
        Next = new LedgerStep(LedgerSql.Claim, null, [workspace, file.Hash, file.Name, owner.Name, file.Length, file.Path, _names.Current, FoldedName.Of(_names.Current), lease, .. _keys]);
    }

    private void Match() => Next = new LedgerStep(LedgerSql.Match, LedgerRow.Read, [workspace, file.Hash, file.Name, .. _keys]);

    private void Take(LedgerRow row)
    {
        _rowName = row.Name;
        bool gone = owner.IsGone(row.Owner);
        if (row.IsSubmitted || (row.IsHopeless && !retryFailed) || (row.IsLeased && !gone && row.Owner != owner.Name))
        {
            End(new LedgerClaim(false, row));
            return;
        }

        Next = new LedgerStep(
            LedgerSql.TakeOver, null, [workspace, file.Hash, _rowName, owner.Name, file.Path, lease, gone ? row.Owner : owner.Name, (long)Concern.File, retryFailed ? 1L : 0L]);
    }
}
