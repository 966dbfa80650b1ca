using System;
using System.Globalization;
using MediaMagic.Bench.Uploads;

// dotnet run -c Release --project bench/Uploads -- curl|azurite|small|memory [rounds]
const long Gibi = 1L << 30;
int rounds = args.Length > 1 && int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 5;
switch (args.Length > 0 ? args[0] : "all")
{
    case "sink":
        using (Sink sink = new())
        {
            Console.WriteLine(sink.Port);
            sink.Run();
        }

        break;
    case "upload":
        await MemoryBench.ChildAsync(args[1], args[2]);
        break;
    case "curl":
        CurlBench.Run(Gibi, rounds);
        break;
    case "azurite":
        AzuriteBench.Run(Gibi, rounds);
        break;
    case "small":
        SmallBench.Run(rounds);
        break;
    case "memory":
        MemoryBench.Run();
        break;
    default:
        CurlBench.Run(Gibi, rounds);
        AzuriteBench.Run(Gibi, rounds);
        SmallBench.Run(rounds);
        MemoryBench.Run();
        break;
}
