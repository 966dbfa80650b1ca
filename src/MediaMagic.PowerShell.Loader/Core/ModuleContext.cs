using System;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace MediaMagic.Loader;

/// <summary>
/// Keeps the module's assembly and all that it brings to itself: it serves the files of its folder and nothing else, so that no
/// other module meets our versions and we meet nobody else's.
/// </summary>
internal sealed class ModuleContext : AssemblyLoadContext
{
    private readonly string _folder;

    private ModuleContext(string folder)
        : base("MediaMagic")
    {
        _folder = folder;
        Resolving += static (_, name) => FromFramework(name);
    }

    /// <summary>Loads the module's assembly into a context of its own.</summary>
    public static Assembly Load(string file) => new ModuleContext(Path.GetDirectoryName(file)!).LoadFromAssemblyPath(file);

    /// <summary>Whether the file holds what was loaded, be it a copy elsewhere.</summary>
    public static bool IsSame(Assembly loaded, string file)
    {
        using FileStream stream = File.OpenRead(file);
        using PEReader image = new(stream);
        MetadataReader metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid) == loaded.ManifestModule.ModuleVersionId;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = Path.Combine(_folder, $"{assemblyName.Name}.dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string name = Path.GetFileNameWithoutExtension(unmanagedDllName);
        string file = OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
        string path = Path.Combine(_folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", file);
        return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : 0;
    }

    // The netstandard2.0 build names the package's version of what the shared framework has under a version of its own.
    private static Assembly? FromFramework(AssemblyName name)
    {
        if (name.Version is null || name.Name is null || !string.IsNullOrEmpty(name.CultureName))
        {
            return null;
        }

        try
        {
            return Default.LoadFromAssemblyName(new AssemblyName(name.Name));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
