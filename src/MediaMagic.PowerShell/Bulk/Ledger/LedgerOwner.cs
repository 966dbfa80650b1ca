using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace MediaMagic.Bulk;

/// <summary>
/// Who works on a row: machine, process and run. A process of this machine can be seen to be gone, so that its work is taken over at
/// once; of others only the lease tells.
/// </summary>
internal sealed class LedgerOwner : IDisposable
{
    private const int StartField = 20;

    // Two looks at a process's start may differ by what the clock was set in between.
    private static readonly TimeSpan s_sameStart = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, bool> s_alive = new(StringComparer.Ordinal);
    private static readonly TimeSpan s_fresh = TimeSpan.FromMilliseconds(250);
    private static readonly string s_machine = Machine();
    private static readonly string s_process = Me();
    private readonly Dictionary<string, (bool Gone, long Seen)> _looks = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;

    public LedgerOwner(TimeProvider clock)
    {
        _clock = clock;
        Name = $"{s_process}|{Guid.NewGuid():N}";
        s_alive[Name] = true;
    }

    public string Name { get; }

    /// <summary>Whether the owner is known to work no more.</summary>
    public bool IsGone(string owner)
    {
        string[] parts = owner.Split('|');
        if (parts.Length != 4 || parts[0] != s_machine)
        {
            return false;
        }

        return owner.StartsWith(s_process + "|", StringComparison.Ordinal) ? !s_alive.ContainsKey(owner) : IsGone(owner, parts[1], parts[2]);
    }

    public void Dispose() => s_alive.TryRemove(Name, out _);

    // A look costs more than a row, and there may be thousands of rows of one owner.
    private bool IsGone(string owner, string id, string start)
    {
        if (!_looks.TryGetValue(owner, out (bool Gone, long Seen) look) || (!look.Gone && _clock.GetElapsedTime(look.Seen) > s_fresh))
        {
            look = (!IsRunning(id, start), _clock.GetTimestamp());
            _looks[owner] = look;
        }

        return look.Gone;
    }

    private static bool IsRunning(string id, string start)
    {
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || !long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks))
        {
            return true;
        }

        try
        {
            using Process process = Process.GetProcessById(number);
            return !process.HasExited && (process.StartTime.ToUniversalTime() - new DateTime(ticks, DateTimeKind.Utc)).Duration() < s_sameStart;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return true;
        }
    }

    private static string Me()
    {
        using Process process = Process.GetCurrentProcess();
        return FormattableString.Invariant($"{s_machine}|{process.Id}|{process.StartTime.ToUniversalTime().Ticks}");
    }

    // Containers may share a machine's name, and number their processes each for itself; their first processes began at times of their own.
    private static string Machine()
    {
        string name = Environment.MachineName.Replace("|", "-");
        try
        {
            string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            string first = File.ReadAllText("/proc/1/stat");
            return $"{name}/{boot.Substring(0, 8)}/{first.Substring(first.LastIndexOf(')') + 1).Split(' ')[StartField]}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or IndexOutOfRangeException)
        {
            return name;
        }
    }
}
