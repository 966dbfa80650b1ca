using System;
using System.IO;
using System.Linq;
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
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private readonly string _folder;
    private readonly string? _native;

    private ModuleLoadContext(string folder, string? native)
        : base("MediaMagic")
    {
        _folder = folder;
        _native = native;
        Resolving += static (_, name) => FromFramework(name);
    }

    /// <summary>Loads the module's assembly into a context of its own: as compiled ahead of time for this system, or else as it is.</summary>
    public static Assembly LoadModule(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        string runtimes = Path.Combine(Path.GetDirectoryName(folder)!, "runtimes");
        foreach (string runtime in Runtimes())
        {
            string native = Path.Combine(runtimes, runtime, "lib", Path.GetFileName(folder));
            string compiled = Path.Combine(native, Path.GetFileName(file));
            if (File.Exists(compiled))
            {
                try
                {
                    return new ModuleLoadContext(folder, native).LoadFromAssemblyPath(compiled);
                }
                catch (BadImageFormatException)
                {
                    // Native code that the runtime refuses is no reason to have no module.
                }
            }
        }

        return new ModuleLoadContext(folder, null).LoadFromAssemblyPath(file);
    }

    /// <summary>Whether the file holds what was loaded, be it a copy elsewhere.</summary>
    public static bool IsSame(Assembly loaded, string file)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        using FileStream stream = File.OpenRead(file);
        using PEReader image = new(stream);
        MetadataReader metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid) == loaded.ManifestModule.ModuleVersionId;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = $"{assemblyName.Name}.dll";
        string file = Path.Combine(_native ?? _folder, name);
        file = File.Exists(file) ? file : Path.Combine(_folder, name);
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string file = OperatingSystem.IsWindows() ? $"{unmanagedDllName}.dll"
            : OperatingSystem.IsMacOS() ? $"lib{unmanagedDllName}.dylib"
            : $"lib{unmanagedDllName}.so";
        // The builds of the module share them.
        string folder = Path.Combine(Path.GetDirectoryName(_folder)!, "runtimes");
        string? path = Runtimes().Select(runtime => Path.Combine(folder, runtime, "native", file)).FirstOrDefault(File.Exists);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    // The runtime names itself after its distribution where that built it; the packages name their files after the kind of system.
    private static string[] Runtimes()
    {
        string system = OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
                || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal) ? "linux-musl"
            : "linux";
        return [RuntimeInformation.RuntimeIdentifier, $"{system}-{RuntimeInformation.ProcessArchitecture}".ToLowerInvariant()];
    }

    // The netstandard2.0 build may name a package's version of what the shared framework has under a version of its own.
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
