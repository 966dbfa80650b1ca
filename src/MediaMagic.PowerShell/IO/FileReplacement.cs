using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.IO;

/// <summary>
/// Puts a whole new file in the place of another one. At every moment one of the two is there in whole. Windows replaces a file in several steps and may
/// stop between them, so the old file keeps a name until the new one is in its place; Unix does it in one step.
/// </summary>
internal class FileReplacement(string whole, string target, bool needsBackup)
{
    private readonly string? _backup = needsBackup ? whole + ".old" : null;
    private bool _hadTarget;

    public FileReplacement(string whole, string target)
        : this(whole, target, OperatingSystem.IsWindows())
    {
    }

    /// <summary>Gets a value indicating whether the old file is gone, so that the new one must not be removed.</summary>
    public bool IsTargetLost => _hadTarget && !File.Exists(target);

    /// <summary>Replaces the file, and tries again a few times while another program holds it.</summary>
    public async Task RunAsync(TimeProvider clock, CancellationToken stop)
    {
        _hadTarget = File.Exists(target);
        try
        {
            await FileSharing.RetryAsync(clock, Put, stop).ConfigureAwait(false);
        }
        finally
        {
            RestoreOrRemove();
        }
    }

    /// <summary>Replaces the file as the system does.</summary>
    protected virtual void Replace(string from, string to, string? backup) => File.Replace(from, to, backup);

    /// <summary>Moves the file to a place where there is none.</summary>
    protected virtual void Move(string from, string to) => File.Move(from, to);

    private void Put()
    {
        if (File.Exists(target))
        {
            FileRights.CopyMode(target, whole);
            Replace(whole, target, _backup);
        }
        else
        {
            Move(whole, target);
        }
    }

    // The failure that led here is the one to tell.
    private void RestoreOrRemove()
    {
        try
        {
            if (_backup is null || !File.Exists(_backup))
            {
                return;
            }

            if (File.Exists(target))
            {
                File.Delete(_backup);
            }
            else
            {
                Move(_backup, target);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A copy too many stays beside the file.
        }
    }
}
