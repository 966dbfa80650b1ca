using System.Linq;

namespace MediaMagic.Files;

/// <summary>The words for what is wrong with a file: what was found, and what is allowed.</summary>
internal static class FileProblems
{
    private static readonly string s_acceptedTypes = string.Join(", ", FileTypes.ContentTypes);
    private static readonly string s_acceptedExtensions = string.Join(", ", FileTypes.Categories.Select(DescribeCategory));

    public static FileProblem? Of(SightKind kind) => kind switch
    {
        SightKind.File => null,
        SightKind.Missing => New(FileProblemCode.NotFound, "There is no such file."),
        SightKind.BrokenLink => New(FileProblemCode.NotFound, "This is a link to a file that does not exist."),
        SightKind.BadPath => New(FileProblemCode.NotFound, "No file has such a path: it is empty, too long or has a forbidden character."),
        SightKind.Folder or SightKind.Pipe or SightKind.Socket or SightKind.Device => NotReadable($"This is {SightWords.NoFile(kind)}; only files can be uploaded."),
        SightKind.LinkLoop => NotReadable("This link leads back to itself."),
        SightKind.Unreachable => NotReadable("The file cannot be read: its share or server cannot be reached."),
        _ => NotReadable("The file cannot be read: access is denied."),
    };

    public static FileProblem NotReadable(string message) => New(FileProblemCode.NotReadable, message);

    public static FileProblem Empty() => New(FileProblemCode.Empty, "The file is empty: it has 0 bytes.");

    public static FileProblem UnknownDeclared(string contentType) =>
        New(FileProblemCode.UnsupportedType, $"The content type '{contentType}' is not accepted. Accepted are {s_acceptedTypes}.");

    public static FileProblem UnknownType(string extension, Detection? found)
    {
        string name = extension.Length == 0 ? "The name has no extension" : $"The extension '.{extension}' is not known";
        string bytes = found switch
        {
            null => "there are no bytes to tell the type by",
            { ContentType: null } => "the bytes are of no known type",
            { ContentType: MediaType.Text } => "the bytes are text, which is accepted only where the name or the caller says so",
            { ContentType: string detected } => $"the bytes are {detected}, which is not accepted",
        };
        return New(FileProblemCode.UnsupportedType, $"{name}, and {bytes}. Accepted are {s_acceptedExtensions}.");
    }

    public static FileProblem Mismatch(FileType claimed, bool isDeclared, string? detected)
    {
        string claim = isDeclared ? "The file is declared as" : "By its name the file is";
        string bytes = detected is null ? "are not of that type, nor of another known one" : $"are {detected}";
        return New(FileProblemCode.TypeMismatch, $"{claim} {claimed.ContentType}, but its bytes {bytes}.");
    }

    public static FileProblem TooLarge(FileType type, long length)
    {
        string article = type.Category is FileCategory.Audio or FileCategory.Image ? "an" : "a";
        string limit = ByteSize.Describe(type.MaxLength);
        return New(
            FileProblemCode.TooLarge,
            $"The file has {ByteSize.Describe(length)}; {article} {type.Category} file may have at most {limit}.");
    }

    private static FileProblem New(string code, string message) => new() { Code = code, Message = message };

    private static string DescribeCategory(string category) => $"{category} ({string.Join(", ", FileTypes.ExtensionsOf(category))})";
}
