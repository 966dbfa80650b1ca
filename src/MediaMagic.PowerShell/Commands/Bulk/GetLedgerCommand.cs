using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Bulk;

/// <summary>Lists what a ledger holds: one row for each file that a run took up.</summary>
[Cmdlet(VerbsCommon.Get, "MMLedger")]
[OutputType(typeof(LedgerEntry))]
public sealed class GetLedgerCommand : AsyncCmdlet
{
    /// <summary>The ledger: a file, or postgres://user@host:port/database.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Ledger { get; set; } = string.Empty;

    /// <summary>Only the files in these states.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LedgerStateCompleter))]
    public string[]? State { get; set; }

    /// <summary>Only the files whose path or name is like one of these; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken stop)
    {
        WildcardPattern[]? paths = Path?.SelectMany(Wanted).Select(path => new WildcardPattern(path, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)).ToArray();
        using LedgerReader reader = await LedgerReader.OpenAsync(LedgerPath.Of(this, Ledger), stop);
        while (await reader.NextAsync(stop) is LedgerEntry entry)
        {
            stop.ThrowIfCancellationRequested();
            if ((State?.Contains(entry.State, StringComparer.OrdinalIgnoreCase) ?? true)
                && (paths is null || Array.Exists(paths, path => path.IsMatch(entry.Path) || path.IsMatch(System.IO.Path.GetFileName(entry.Path)))))
            {
                WriteObject(entry);
            }
        }
    }

    // Rows hold full paths: one with a folder may be meant from PowerShell's current folder, whose own name is no pattern. Windows PowerShell
    // makes no full path of a pattern, so that only the folders before it are resolved.
    private IEnumerable<string> Wanted(string path)
    {
        yield return path;
        int pattern = path.IndexOfAny(['*', '?', '[', '`']);
        int folders = path.LastIndexOfAny(['/', '\\'], pattern < 0 ? path.Length - 1 : pattern) + 1;
        string head = path.Substring(0, folders);
        if (path.IndexOfAny(['/', '\\']) >= 0 && !System.IO.Path.IsPathRooted(head))
        {
            string here = SessionState.Path.CurrentFileSystemLocation.ProviderPath + System.IO.Path.DirectorySeparatorChar;
            string rest = path.Substring(folders).Replace(System.IO.Path.AltDirectorySeparatorChar, System.IO.Path.DirectorySeparatorChar);
            yield return WildcardPattern.Escape(System.IO.Path.GetFullPath(here + head)) + rest;
        }
    }
}
