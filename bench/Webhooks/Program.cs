using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace MediaMagic.Bench.Webhooks;

/// <summary>
/// Deliveries to Receive-MMWebhookEvent, which runs in a PowerShell of its own on the staged module:
/// <c>dotnet run -c Release --project bench/Webhooks -- [deliveries] [connections]</c>, after <c>./build.ps1</c>.
/// </summary>
public static class Program
{
    private const int Pace = 1000;

    public static async Task<int> Main(string[] arguments)
    {
        int count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 20_000;
        int connections = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 16;
        bool whole = await RunAsync("as fast as they go", count, connections, null);
        return await RunAsync($"at {Pace:N0} a second", count, connections, Pace) && whole ? 0 : 1;
    }

    private static async Task<bool> RunAsync(string name, int count, int connections, int? pace)
    {
        using Receiver receiver = await Receiver.StartAsync(count);
        using Sender sender = new(receiver.Url, receiver.Secret);
        Sent sent = await sender.SendAsync(count, connections, pace);
        string[] written = await receiver.EndAsync();
        int lost = sent.Ids.Except(written).Count();
        int twice = written.Length - written.Distinct().Count();
        Console.WriteLine(
            $"{count:N0} deliveries {name}, {connections} connections: {count / sent.Seconds:N0} a second; "
            + $"answered in {sent.Median:F1} ms (median), {sent.Slow:F1} ms (99 of 100), {sent.Slowest:F0} ms (all); {sent.Retries} sent again");
        Console.WriteLine($"written by the cmdlet: {written.Length:N0}, lost {lost}, twice {twice}");
        return lost == 0 && twice == 0;
    }
}
