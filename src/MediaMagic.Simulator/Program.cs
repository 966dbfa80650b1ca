using System;
using System.IO;
using System.Net;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Runs the simulator alone.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        CommandLine command = CommandLine.Parse(args);
        if (command.Problem is not null || command.IsHelp)
        {
            await (command.IsHelp ? Console.Out : Console.Error).WriteLineAsync(command.Problem ?? CommandLine.Help).ConfigureAwait(false);
            return command.IsHelp ? 0 : 2;
        }

        try
        {
            using SimulatorServer server = SimulatorServer.Start(command.Options);
            TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            await Console.Out.WriteLineAsync(Greeting(server)).ConfigureAwait(false);
            await stopped.Task.ConfigureAwait(false);
            return 0;

            void Stop(PosixSignalContext signal)
            {
                signal.Cancel = true;
                stopped.TrySetResult();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ArgumentException or IOException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static string Greeting(SimulatorServer server) => $"""
        MediaMagic simulator: {server.BaseUri}  (open it in a browser to look inside)

          Sandbox key  {server.ApiKey}
          Live key     {server.LiveApiKey}
          Workspace    {server.WorkspaceId}

        Connect from PowerShell:

          Connect-MMService -BaseUri {server.BaseUri} -ApiKey {server.ApiKey}

        Ctrl+C stops it.
        """;
}
