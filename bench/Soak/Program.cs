using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic;
using MediaMagic.Bench.Soak;
using MediaMagic.Client;

// dotnet run -c Release --project bench/Soak -- [minutes] [folder for samples.csv and plot.svg]
if (args is ["service"])
{
    await Service.RunAsync();
    return 0;
}

double minutes = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 60;
string folder = args.Length > 1 ? args[1] : Path.Combine("artifacts", "soak");
Directory.CreateDirectory(folder);

// The service is a process of its own: what it holds is not what is measured.
using Process service = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["service"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
string[] place = (await service.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The service ended at once.")).Split(' ');
using MediaMagicClient client = new(place[1], new MediaMagicClientOptions
{
    BaseUri = new Uri(place[0]),
    RetryBaseDelay = TimeSpan.FromMilliseconds(50),
    MaxRetryDelay = TimeSpan.FromSeconds(5),
    BreakerDuration = TimeSpan.FromSeconds(2),
});
using Traffic traffic = new(client);
using CancellationTokenSource end = new(TimeSpan.FromMinutes(minutes));
Samples samples = new();
Task work = traffic.RunAsync(end.Token);
TimeSpan pause = TimeSpan.FromMinutes(Math.Max(minutes / 360, 1.0 / 60));
while (!end.IsCancellationRequested)
{
    await Task.Delay(pause, end.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    samples.Take();
}

await work;
await service.StandardInput.WriteLineAsync("end");
service.StandardInput.Close();
string accepted = await service.StandardOutput.ReadToEndAsync();
await service.WaitForExitAsync();

samples.WriteCsv(Path.Combine(folder, "samples.csv"));
Plot.Write(Path.Combine(folder, "plot.svg"), samples);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{minutes} minutes of mixed traffic: {client.Requests} requests, {client.Retries} retries, {client.RateLimited} answered 429"));
Console.WriteLine(traffic.Summary);
Console.WriteLine(accepted.Trim());
bool flat = samples.Report();
return flat && accepted.Contains("twice: 0", StringComparison.Ordinal) ? 0 : 1;
