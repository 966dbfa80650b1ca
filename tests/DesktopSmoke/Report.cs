using System;
using System.Threading.Tasks;

namespace MediaMagic.DesktopSmoke;

/// <summary>Runs steps, and writes how each ends.</summary>
internal sealed class Report
{
    /// <summary>Gets how many steps failed.</summary>
    public int Failed { get; private set; }

    public async Task RunAsync(string name, Func<Task<string>> step)
    {
        try
        {
            string found = await step().ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"ok {name}: {found}").ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it is the step's result.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failed++;
            await Console.Out.WriteLineAsync($"failed {name}: {failure.ToString().Replace("\r", null).Replace('\n', '|')}").ConfigureAwait(false);
        }
    }
}
