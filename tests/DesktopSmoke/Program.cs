using System;
using System.IO;
using System.Reflection;
using System.Threading.Tasks;

namespace MediaMagic.DesktopSmoke;

/// <summary>Loads the staged module as Windows PowerShell does, and runs the steps. Writes one line per step.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        if (args.Length != 4)
        {
            Console.Error.WriteLine("usage: DesktopSmoke MODULE-FOLDER ADDRESS KEY WORK-FOLDER");
            return Task.FromResult(2);
        }

        // PowerShell finds the types of a module by itself. The loader serves only the module, and this program is not part of it.
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => new AssemblyName(request.Name).Name == "MediaMagic.PowerShell" ? Load(args[0]) : null;
        return RunAsync(args);
    }

    private static async Task<int> RunAsync(string[] args)
    {
        Report report = new();
        await report.RunAsync("load", () => Task.FromResult(Path.GetFileName(Path.GetDirectoryName(Load(args[0]).Location)))).ConfigureAwait(false);
        if (report.Failed == 0)
        {
            await Steps.RunAsync(report, new Uri(args[1]), args[2], args[3]).ConfigureAwait(false);
        }

        return report.Failed == 0 ? 0 : 1;
    }

    // What MediaMagic.psm1 does. The loader returns the same assembly every time.
    private static Assembly Load(string folder)
    {
        Type loader = Assembly.LoadFrom(Path.Combine(folder, "MediaMagic.PowerShell.Loader.dll")).GetType("MediaMagic.Loader.ModuleLoader", throwOnError: true);
        return (Assembly)loader.GetMethod("Load", [typeof(string)]).Invoke(null, [folder]);
    }
}
