using System;
using System.IO;
using System.Reflection;

namespace MediaMagic.Loader;

/// <summary>
/// Windows PowerShell, which knows no load contexts: finds what the module's assembly asks for in the module's folder, and leaves
/// what others ask for to others.
/// </summary>
internal sealed class DesktopHost : IModuleHost
{
    /// <inheritdoc/>
    public string Build => "desktop";

    /// <inheritdoc/>
    public Assembly Load(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Find(folder, request);
        return Assembly.LoadFrom(file);
    }

    /// <inheritdoc/>
    public bool IsSame(Assembly loaded, string file) => AssemblyName.GetAssemblyName(file).FullName == loaded.FullName;

    private static Assembly? Find(string folder, ResolveEventArgs request)
    {
        // A version other than asked for will do: a request by an assembly of ours means the one that we ship.
        string file = Path.Combine(folder, new AssemblyName(request.Name).Name + ".dll");
        return IsOurs(folder, request.RequestingAssembly) && File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }

    private static bool IsOurs(string folder, Assembly? asking) =>
        asking is { IsDynamic: false }
        && string.Equals(Path.GetDirectoryName(asking.Location), folder, StringComparison.OrdinalIgnoreCase);
}
