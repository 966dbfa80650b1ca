using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Commands.Sessions;

/// <summary>Tests whether the service can be reached and takes the key.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MMConnection")]
[OutputType(typeof(ConnectionTest), typeof(bool))]
public sealed class TestConnectionCommand : SessionCmdlet
{
    /// <summary>Returns only true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(MediaMagicClient client, CancellationToken stop)
    {
        ConnectionTest test = new() { Environment = Live.Environment };
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            await client.Webhooks.ListAsync(stop);
            (test.Success, test.StatusCode) = (true, 200);
        }
        catch (MediaMagicException failure)
        {
            (test.StatusCode, test.Detail) = (failure.Error.StatusCode, failure.Error.Detail ?? failure.Error.Message);
        }

        test.LatencyMs = Math.Round(clock.Elapsed.TotalMilliseconds, 1);
        WriteObject(Quiet ? test.Success : test);
    }
}
