using System;
using System.IO;
using System.Reflection;

namespace MediaMagic.Loader;

/// <summary>PowerShell 7: the module has a load context of its own, in an assembly that .NET Framework could not load.</summary>
internal sealed class CoreHost : IModuleHost
{
    private const string Current = "net10.0";
    private const string Portable = "netstandard2.0";

    private readonly Func<string, Assembly> _load;
    private readonly Func<Assembly, string, bool> _isSame;

    /// <summary>Loads the load context's assembly from the module's folder.</summary>
    public CoreHost(string folder)
    {
        Type context = Assembly.LoadFrom(Path.GetFullPath(Path.Combine(folder, "MediaMagic.PowerShell.LoadContext.dll")))
            .GetType("MediaMagic.Loader.ModuleLoadContext", throwOnError: true)!;
        _load = (Func<string, Assembly>)Delegate.CreateDelegate(typeof(Func<string, Assembly>), context, "LoadModule");
        _isSame = (Func<Assembly, string, bool>)Delegate.CreateDelegate(typeof(Func<Assembly, string, bool>), context, "IsSame");
    }

    /// <summary>PowerShell 7.6 runs on .NET 10, 7.4 and 7.5 on what came before. Tests name another build to run it there,
    /// and nobody a folder of his own.</summary>
    public string Build =>
        Environment.GetEnvironmentVariable("MEDIAMAGIC_FRAMEWORK") is string told and (Current or Portable) ? told
        : Environment.Version.Major >= 10 ? Current
        : Portable;

    /// <inheritdoc/>
    public Assembly Load(string file) => _load(file);

    /// <inheritdoc/>
    public bool IsSame(Assembly loaded, string file) => _isSame(loaded, file);
}
