namespace MediaMagic.Bulk;

/// <summary>A file whose blob was overwritten by another one.</summary>
/// <param name="Path">The path.</param>
/// <param name="Hash">The SHA-256.</param>
/// <param name="Name">The name.</param>
/// <param name="State">How far it is in the ledger.</param>
internal sealed record OverwrittenFile(string Path, string Hash, string Name, string State);
