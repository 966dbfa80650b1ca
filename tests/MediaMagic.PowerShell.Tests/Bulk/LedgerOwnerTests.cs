using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Which owners of ledger rows are known to be gone.</summary>
public sealed class LedgerOwnerTests
{
    [Fact]
    public async Task IsGone_looks_again_after_a_quarter_of_a_second_when_a_process_was_alive()
    {
        FakeClock clock = new();
        using LedgerOwner owner = new(clock);

        // A program that every system has, and that runs until its input ends.
        using Process other = Process.Start(new ProcessStartInfo("sort") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string started = other.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        string name = string.Create(CultureInfo.InvariantCulture, $"{owner.Name.Split('|')[0]}|{other.Id}|{started}|run");
        Assert.False(owner.IsGone(name));
        other.StandardInput.Close();
        await other.WaitForExitAsync();
        Assert.False(owner.IsGone(name));
        clock.Advance(TimeSpan.FromMilliseconds(251));
        Assert.True(owner.IsGone(name));
    }

    [Fact]
    public void IsGone_is_true_when_a_run_of_this_process_has_ended()
    {
        using LedgerOwner owner = new(TimeProvider.System);
        LedgerOwner ended = new(TimeProvider.System);
        Assert.False(owner.IsGone(ended.Name));
        ended.Dispose();
        Assert.True(owner.IsGone(ended.Name));
        Assert.False(owner.IsGone("elsewhere|1|1|run"));
    }
}
