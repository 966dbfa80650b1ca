using System.IO;
using System.Reflection;

namespace MediaMagic.Tests;

/// <summary>The documented bodies, and the documents' tables.</summary>
internal static class Vectors
{
    /// <summary>A vector by its name without the ending.</summary>
    public static string Read(string name) => ReadFile(name + ".json");

    /// <summary>A file by its whole name.</summary>
    public static string ReadFile(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new FileNotFoundException("No such vector.", file);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
