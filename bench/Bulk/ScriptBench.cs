using System;
using System.Globalization;
using System.IO;

namespace MediaMagic.Bench.Bulk;

/// <summary>Submit-MMFile with a ledger beside the scripts that people write without the module. Each has a simulator of its own.</summary>
internal static class ScriptBench
{
    public static void Run(int count, int answerMs)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} files of 10 KB, a service that answers after {answerMs} ms"));
        using Batch batch = new(count);
        double ours = Measure(batch, "Submit-MMFile -Ledger", "Submit-WithModule.ps1", count, answerMs);
        double parallel = Measure(batch, "Invoke-RestMethod, ForEach-Object -Parallel", "Submit-InParallel.ps1", count, answerMs);
        double oneByOne = Measure(batch, "Invoke-RestMethod, one by one", "Submit-OneByOne.ps1", count, answerMs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {oneByOne / ours:0.0} times as fast as one by one (target: {(answerMs > 0 ? 12 : 4)}), {parallel / ours:0.0} times as fast as in parallel (target: {(answerMs > 0 ? 2 : 4)})"));
    }

    private static double Measure(Batch batch, string name, string script, int count, int answerMs)
    {
        using Service service = new(answerMs);
        string path = Path.Combine(AppContext.BaseDirectory, script);
        double seconds = double.Parse(
            Children.Run("pwsh", "-NoProfile", "-NonInteractive", "-File", path, service.Address, service.Key, batch.Files, batch.NewLedger()), CultureInfo.InvariantCulture);
        if (service.Submissions != count)
        {
            throw new InvalidOperationException($"{script} made {service.Submissions} submissions of {count} files.");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-45} {seconds,8:0.0} s {count / seconds,8:0} files/s"));
        return seconds;
    }
}
