using System.Collections.Generic;
using MediaMagic.Errors;
using MediaMagic.Transfer;

namespace MediaMagic.Bulk;

/// <summary>Claims a file: adds a row with a name that no other file has, or takes over one that no process works on.</summary>
internal sealed class ClaimCommand(BulkFile file, string workspace, LedgerOwner owner, long lease, bool retryFailed) : ValueCommand<LedgerClaim>
{
    private readonly object?[] _row = [workspace, file.Hash, file.Name];
    private IEnumerator<string>? _names;
    private LedgerClaim? _claim;

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
                End(new LedgerClaim(true, LedgerRow.Fresh(_names!.Current, owner.Name)));
            }
            else
            {
                Find();
            }
        }
        else if (done.Statement == LedgerSql.TakeOver)
        {
            _claim = new LedgerClaim(done.Changed > 0, LedgerRow.None);
            Find();
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
        Next = new LedgerStep(LedgerSql.Claim, null, [.. _row, owner.Name, file.Length, file.Path, _names.Current, FoldedName.Of(_names.Current), lease]);
    }

    private void Find() => Next = new LedgerStep(LedgerSql.Find, LedgerRow.Read, _row);

    private void Take(LedgerRow row)
    {
        bool gone = owner.IsGone(row.Owner);
        if (row.IsSubmitted || (row.IsHopeless && !retryFailed) || (row.IsLeased && !gone && row.Owner != owner.Name))
        {
            End(new LedgerClaim(false, row));
            return;
        }

        Next = new LedgerStep(
            LedgerSql.TakeOver, null, [.. _row, owner.Name, file.Path, lease, gone ? row.Owner : owner.Name, (long)Concern.File, retryFailed ? 1L : 0L]);
    }
}
