using System.Reflection;

namespace MediaMagic.Loader;

/// <summary>What the runtime of this process decides about loading.</summary>
internal interface IModuleHost
{
    /// <summary>The folder of the build for this process.</summary>
    public string Build { get; }

    /// <summary>Loads the module's assembly and stands by for what it needs.</summary>
    public Assembly Load(string file);

    /// <summary>Whether the file holds what was loaded, be it a copy elsewhere.</summary>
    public bool IsSame(Assembly loaded, string file);
}
