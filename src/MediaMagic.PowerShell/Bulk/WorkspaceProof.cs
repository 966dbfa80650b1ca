using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>
/// Finds out whose rows of a ledger a key may use. Rows belong to a workspace, not to a key: a new key of the same workspace goes on where
/// the old one ended. A key that the ledger does not know proves first which workspace it is of.
/// </summary>
internal sealed class WorkspaceProof(MediaMagicClient client, RunLedger ledger, string shown)
{
    private const int HashLength = 16;
    private const string AnyType = "text/plain";
    private static readonly string[] s_probes = ["workspace-a.txt", "workspace-b.txt"];

    // What all rows of this service and environment begin with.
    private string Base => $"{client.BaseUri.GetLeftPart(UriPartial.Path)} {(client.IsSandbox ? "sandbox" : "live")} ";

    // Too little to find a key by.
    private string KeyHash
    {
        get
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"mediamagic ledger\n{Base}\n{client.Sender.Key.Reveal()}"));
            return Convert.ToHexString(hash).Substring(0, HashLength).ToLowerInvariant();
        }
    }

    /// <summary>Returns the workspace of the key, and has the ledger remember it.</summary>
    public async Task<string> FindAsync(CancellationToken stop)
    {
        if (await ledger.WorkspaceOfAsync(KeyHash).ConfigureAwait(false) is string known)
        {
            return known;
        }

        IReadOnlyList<string> workspaces = await ledger.WorkspacesAsync(Base).ConfigureAwait(false);
        string workspace = await BySubmissionAsync(workspaces, stop).ConfigureAwait(false) ?? Base + await ByAddressAsync(workspaces.Count == 0 ? 1 : 2, stop).ConfigureAwait(false);

        // Another process of the key may have proved the same meanwhile: then nobody has to wait for the ledger's lock.
        if (await ledger.WorkspaceOfAsync(KeyHash).ConfigureAwait(false) != workspace)
        {
            await ledger.RememberAsync(KeyHash, workspace).ConfigureAwait(false);
        }

        return workspace;
    }

    // Who can read a submission is of its workspace. Who cannot may be, too: submissions are deleted some day.
    private async Task<string?> BySubmissionAsync(IReadOnlyList<string> workspaces, CancellationToken stop)
    {
        foreach (string workspace in workspaces)
        {
            foreach (string id in await ledger.SubmissionsOfAsync(workspace).ConfigureAwait(false))
            {
                try
                {
                    await client.Submissions.GetAsync(id, stop).ConfigureAwait(false);
                    return workspace;
                }
                catch (MediaMagicException failure) when (failure.Error is { StatusCode: 404, System: ErrorSystem.MediaMagic })
                {
                    // It proves nothing.
                }
            }
        }

        return null;
    }

    // The first segment of the blob paths that the service gives is the workspace, unless it is something else for every file.
    private async Task<string> ByAddressAsync(int count, CancellationToken stop)
    {
        List<string> segments = [];
        foreach (string name in s_probes.Take(count))
        {
            PresignedUpload address = await client.Uploads.CreateUrlAsync(name, AnyType, stop).ConfigureAwait(false);
            segments.Add((address.BlobPath ?? string.Empty).Split('/')[0]);
        }

        return segments[0].Length > 0 && segments.TrueForAll(segment => segment == segments[0])
            ? segments[0]
            : throw new MediaMagicException(LedgerErrors.OtherKey(shown));
    }
}
