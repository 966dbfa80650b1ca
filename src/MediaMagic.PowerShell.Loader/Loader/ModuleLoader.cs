using System;
using System.IO;
using System.Reflection;

namespace MediaMagic.Loader;

/// <summary>Loads the module's assembly, once in a process, however many runspaces import it.</summary>
public static class ModuleLoader
{
    private static readonly object s_gate = new();
    private static IModuleHost? s_host;
    private static Assembly? s_module;

    /// <summary>The assembly of the build, of those in the module's folder, that this process can run best.</summary>
    /// <exception cref="InvalidOperationException">Another build of the module is loaded.</exception>
    public static Assembly Load(string folder)
    {
        lock (s_gate)
        {
            s_host ??= Environment.Version.Major == 4 ? new DesktopHost() : new CoreHost(folder);
            string file = Path.GetFullPath(Path.Combine(folder, s_host.Build, "MediaMagic.PowerShell.dll"));
            if (s_module is null)
            {
                s_module = s_host.Load(file);
            }
            else if (!s_host.IsSame(s_module, file))
            {
                throw new InvalidOperationException(
                    $"MediaMagic {s_module.GetName().Version?.ToString(3)} is loaded in this process from '{s_module.Location}', so " +
                    $"'{file}', which is another build, cannot be. Start a new PowerShell to use it.");
            }

            return s_module;
        }
    }
}
