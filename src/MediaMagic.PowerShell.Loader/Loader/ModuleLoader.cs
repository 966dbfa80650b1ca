using System;
using System.Reflection;

namespace MediaMagic.Loader;

/// <summary>Loads the module's assembly, once in a process, however many runspaces import it.</summary>
public static class ModuleLoader
{
    private static readonly object s_gate = new();
    private static IModuleHost? s_host;
    private static Assembly? s_module;
    private static ModuleBuild? s_build;

    /// <summary>Gets the modules by folder.</summary>
    public static LoadedModules Modules { get; } = new();

    /// <summary>The assembly of the build, of those in the module's folder, that this process can run best.</summary>
    /// <exception cref="InvalidOperationException">Another version or build of the module is loaded.</exception>
    public static Assembly Load(string folder)
    {
        LoadedModule module = Find(folder);
        return module.Assembly ?? throw new InvalidOperationException(module.Error);
    }

    /// <summary>Loads the module of a folder, unless the process has another version or build of the module.</summary>
    internal static LoadedModule Find(string folder)
    {
        lock (s_gate)
        {
            s_host ??= Environment.Version.Major == 4 ? new DesktopHost() : new CoreHost(folder);
            ModuleBuild build = new(folder, s_host.Build);
            if (s_module is null || s_build is null)
            {
                s_module = s_host.Load(build.File);
                s_build = build;
            }
            else if (build.Version != s_build.Version || !s_host.IsSame(s_module, build.File))
            {
                return new LoadedModule(null,
                    $"{s_build.Describe(s_module.GetName().Version)} is loaded in this process, so " +
                    $"{build.Describe(AssemblyName.GetAssemblyName(build.File).Version)} cannot be imported. " +
                    "Start a new PowerShell process and import it there.");
            }

            return new LoadedModule(s_module, null);
        }
    }
}
