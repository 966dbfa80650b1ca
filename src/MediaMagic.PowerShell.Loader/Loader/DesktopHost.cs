using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MediaMagic.Loader;

/// <summary>
/// Windows PowerShell, which has no load contexts: resolves the requests of the module's assemblies in the module's folder, and leaves
/// all other requests alone.
/// </summary>
internal sealed class DesktopHost : IModuleHost
{
    /// <inheritdoc/>
    public string Build => "desktop";

    /// <inheritdoc/>
    public Assembly Load(string file)
    {
        string folder = Path.GetDirectoryName(file)!;

        // .NET Framework looks for a native library beside the assembly that imports it, so that assembly is beside each of them.
        string[] folders = [NativeFolder(folder), folder];
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Find(folders, request);
        return Assembly.LoadFrom(file);
    }

    /// <inheritdoc/>
    public bool IsSame(Assembly loaded, string file) => AssemblyName.GetAssemblyName(file).FullName == loaded.FullName;

    private static string NativeFolder(string folder)
    {
        string architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X86 => "x86",
            Architecture.Arm64 => "arm64",
            _ => "x64",
        };
        return Path.Combine(folder, "runtimes", "win-" + architecture, "native");
    }

    private static Assembly? Find(string[] folders, ResolveEventArgs request)
    {
        // Another version than requested will do: a request by an assembly of ours means the one that we ship.
        string name = new AssemblyName(request.Name).Name + ".dll";
        return IsOurs(folders, request.RequestingAssembly) && folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is string file
            ? Assembly.LoadFrom(file)
            : null;
    }

    private static bool IsOurs(string[] folders, Assembly? asking) =>
        asking is { IsDynamic: false } && folders.Contains(Path.GetDirectoryName(asking.Location), StringComparer.OrdinalIgnoreCase);
}
