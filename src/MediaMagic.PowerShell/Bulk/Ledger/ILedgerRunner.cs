using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Carries out statements on one connection.</summary>
internal interface ILedgerRunner : IDisposable
{
    /// <summary>Carries them out in their order.</summary>
    public Task RunAsync(IReadOnlyCollection<LedgerStep> steps, DbTransaction transaction);
}
