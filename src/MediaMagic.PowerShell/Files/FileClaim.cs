namespace MediaMagic.Files;

/// <summary>What is claimed of a file's type, by its caller or else by its name.</summary>
internal sealed class FileClaim
{
    private readonly string _extension;

    public FileClaim(string path, string? declared)
    {
        FileName name = new(path);
        Name = name.Text;
        _extension = name.Extension;
        Declared = string.IsNullOrWhiteSpace(declared) ? null : MediaType.Bare(declared!);
        Type = Declared is null ? FileTypes.ByExtension(_extension) : FileTypes.ByContentType(Declared);
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>The content type that the caller declares, without parameters.</summary>
    public string? Declared { get; }

    /// <summary>The type of the catalogue that is claimed.</summary>
    public FileType? Type { get; }

    /// <summary>
    /// The type by the bytes alone, where nothing else is claimed. Text proves little, so a name must not speak against it.
    /// </summary>
    public FileType? Infer(Detection? found) =>
        Declared is not null || found?.ContentType is not string detected || (detected == MediaType.Text && _extension.Length > 0)
            ? null
            : FileTypes.ByContentType(detected);

    /// <summary>What is wrong with the claim in the light of the bytes, as far as they were seen.</summary>
    public FileProblem? Problem(Detection? found, long? length)
    {
        if (Declared is not null && Type is null)
        {
            return FileProblems.UnknownDeclared(Declared);
        }

        if (Type is not null)
        {
            return found is Detection seen && !seen.Admits(Type)
                ? FileProblems.Mismatch(Type, Declared is not null, seen.ContentType)
                : null;
        }

        // Without a byte seen an unknown extension is all there is to judge; without either there is nothing.
        bool isJudgeable = found is not null || (length == 0 && _extension.Length > 0);
        return isJudgeable && Infer(found) is null ? FileProblems.UnknownType(_extension, found) : null;
    }
}
