using System.Reflection;

namespace MediaMagic.Loader;

/// <summary>The module of a folder, or the reason why this process cannot load it.</summary>
public sealed class LoadedModule
{
    internal LoadedModule(Assembly? assembly, string? error)
    {
        Assembly = assembly;
        Error = error;
    }

    /// <summary>Gets the module's assembly; null if this process cannot load it.</summary>
    public Assembly? Assembly { get; }

    /// <summary>Gets the reason why this process cannot load the module; null if it is loaded.</summary>
    public string? Error { get; }
}
