using System;

namespace MediaMagic.Files;

/// <summary>What the names in a zip archive say about it.</summary>
internal sealed class ZipContent
{
    // What an Office file may hold whatever its kind.
    private static readonly string[] s_shared = ["[Content_Types].xml", "_rels/", "docProps/", "customXml/", "word/"];

    private bool _hasContentTypes;
    private bool _hasWordParts;
    private bool _hasWordDocument;
    private bool _hasMacros;
    private bool _hasSheets;
    private bool _hasSlides;
    private bool _hasManifest;
    private bool _hasOthers;

    /// <summary>Whether all names were seen.</summary>
    public bool IsComplete { get; set; }

    public void Add(string name)
    {
        // Some archivers of Windows write the separator of their system.
        name = name.Replace('\\', '/');
        _hasContentTypes |= Is(name, "[Content_Types].xml");
        _hasWordParts |= StartsWith(name, "word/");
        _hasWordDocument |= StartsWith(name, "word/document") && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
        _hasMacros |= Is(name, "word/vbaProject.bin");
        _hasSheets |= StartsWith(name, "xl/");
        _hasSlides |= StartsWith(name, "ppt/");
        _hasManifest |= Is(name, "META-INF/MANIFEST.MF");
        _hasOthers |= name.Length > 0 && !Array.Exists(s_shared, part => StartsWith(name, part));
    }

    public Detection Judge()
    {
        bool isWord = _hasWordDocument || (_hasWordParts && _hasContentTypes);
        return this switch
        {
            { _hasManifest: true } => new(MediaType.Jar),
            { _hasMacros: true } when isWord => new(MediaType.WordMacro),
            _ when isWord => new(MediaType.WordXml),
            { _hasSheets: true, _hasContentTypes: true } => new(MediaType.ExcelXml),
            { _hasSlides: true, _hasContentTypes: true } => new(MediaType.PowerPointXml),
            { IsComplete: false, _hasOthers: false } => new(MediaType.Zip, MediaType.WordXml),
            _ => new(MediaType.Zip),
        };
    }

    private static bool Is(string name, string expected) => string.Equals(name, expected, StringComparison.OrdinalIgnoreCase);

    private static bool StartsWith(string name, string part) => name.StartsWith(part, StringComparison.OrdinalIgnoreCase);
}
