using System;
using System.Globalization;
using System.Linq;
using MediaMagic.Bench.Bulk;

// Bulk script [files] [ms]       Submit-MMFile beside scripts of Invoke-RestMethod; needs pwsh and the staged module. ms: how long the
//                                service takes to answer, as one on a network would; none by default, so that only the work is seen
// Bulk growth [files ...]        time and memory by the number of files
// Bulk bare [files] [ms]         a program that only sends the two requests of each file
// Bulk processes [files] [ms]    1, 2 and 4 processes on one PostgreSQL ledger
int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

switch (args.FirstOrDefault())
{
    case "script":
        ScriptBench.Run(Number(1, 10_000), Number(2, 0));
        return 0;
    case "bare":
        BareBench.Run(Number(1, 10_000), Number(2, 0));
        return 0;
    case "growth":
        GrowthBench.Run(args.Length > 1 ? [.. args.Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture))] : [1_000, 10_000, 100_000]);
        return 0;
    case "processes":
        ProcessBench.Run(Number(1, 10_000), Number(2, 0));
        return 0;
    case "simulator":
        await Children.SimulateAsync(Number(1, 0));
        return 0;
    case "send":
        await BareBench.SendAsync(args[1], args[2], args[3]);
        return 0;
    case "submit":
        await Children.SubmitAsync(args[1], args[2], args[3], args[4]);
        return 0;
    default:
        Console.WriteLine("Bulk script|bare|growth|processes [files]");
        return 2;
}
