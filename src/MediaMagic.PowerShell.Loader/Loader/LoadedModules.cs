namespace MediaMagic.Loader;

/// <summary>Loads modules by an indexer, for constrained language, which forbids calls of methods.</summary>
public sealed class LoadedModules
{
    internal LoadedModules()
    {
    }

    /// <summary>Gets the module of a folder and loads it first if needed.</summary>
    public LoadedModule this[string folder] => ModuleLoader.Find(folder);
}
