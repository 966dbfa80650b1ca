using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Something to be done in a transaction, whose outcome holds only once that is committed.</summary>
internal interface ILedgerWork
{
    /// <summary>Does it; more than once when a transaction has to be repeated.</summary>
    public Task DoAsync(LedgerSession session);

    /// <summary>It is committed.</summary>
    public void Finish();

    /// <summary>It is not, and will not be.</summary>
    public void Fail(MediaMagicException failure);
}
