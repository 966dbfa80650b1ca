using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Files that the service accepted together, and when that is written down.</summary>
/// <param name="Files">The files.</param>
/// <param name="Note">What is worth knowing about how that went.</param>
/// <param name="Stored">Ends when the ledger holds it, and tells which of them count as done.</param>
internal sealed record AcceptedFiles(BulkFile[] Files, string? Note, Task<bool[]> Stored);
