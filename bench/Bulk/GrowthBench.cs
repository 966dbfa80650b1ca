using System;
using System.Globalization;

namespace MediaMagic.Bench.Bulk;

/// <summary>Time and memory by the number of files, each number in a process of its own with a ledger of its own.</summary>
internal static class GrowthBench
{
    public static void Run(int[] counts)
    {
        Console.WriteLine("     files   seconds   files/s   MiB over idle");
        foreach (int count in counts)
        {
            using Batch batch = new(count);
            using Service service = new();
            string[] words = Children.Run(Environment.ProcessPath!, "submit", service.Address, service.Key, batch.NewLedger(), batch.Files).Split(' ');
            double[] values = Array.ConvertAll(words, word => double.Parse(word, CultureInfo.InvariantCulture));
            if (service.Submissions != count || values[4] > 0)
            {
                throw new InvalidOperationException($"{service.Submissions} submissions of {count} files, {values[4]} not submitted.");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,10} {values[0],9:0.0} {count / values[0],9:0} {values[2] - values[1],15:0.0}"));
        }
    }
}
