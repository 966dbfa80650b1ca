using System;
using System.IO;
using System.Reflection;

namespace MediaMagic.Loader;

/// <summary>Loads the module's assembly, once in a process, however many runspaces import it.</summary>
public static class ModuleLoader
{
    private const string ModuleFile = "MediaMagic.PowerShell.dll";

    private static readonly object s_gate = new();
    private static Assembly? s_module;

    /// <summary>The module's assembly from the folder of one of its builds.</summary>
    /// <exception cref="InvalidOperationException">Another build of the module is loaded.</exception>
    public static Assembly Load(string folder)
    {
        string file = Path.GetFullPath(Path.Combine(folder, ModuleFile));
        lock (s_gate)
        {
            s_module ??= ModuleContext.Load(file);
            if (!ModuleContext.IsSame(s_module, file))
            {
                throw new InvalidOperationException(
                    $"MediaMagic {s_module.GetName().Version?.ToString(3)} is loaded in this process from '{s_module.Location}', so " +
                    $"'{file}', which is another build, cannot be. Start a new PowerShell to use it.");
            }

            return s_module;
        }
    }
}
