using System;
using System.Collections.Generic;
using System.IO;
using System.Security;

namespace MediaMagic.Files;

/// <summary>Checks files before an upload: that they can be read, are what they claim to be, and are accepted.</summary>
public sealed class FileChecker
{
    private readonly FileProbe _probe;
    private readonly WindowsNames? _names;

    /// <summary>A checker; one serves any number of callers at once.</summary>
    public FileChecker()
        : this(FileProbe.Default, WindowsNames.Default)
    {
    }

    internal FileChecker(FileProbe probe, WindowsNames? names = null)
    {
        _probe = probe;
        _names = names;
    }

    /// <summary>Checks one file and tells all that is wrong with it; a bad file is an answer and never an exception.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="contentType">The content type that the caller declares, when not what the name says.</param>
    public FileCheck Check(string path, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        FileClaim claim = new(_names is null ? path : WindowsNames.Opened(path), contentType);
        List<FileProblem> problems = [];
        Detection? found = null;
        long? length = null;

        Sighting sight = _probe.Look(path);
        if (_names?.Explain(path, sight.Kind) is string reason)
        {
            problems.Add(FileProblems.NotReadable(reason));
        }
        else if (FileProblems.Of(sight.Kind) is FileProblem unseen)
        {
            problems.Add(unseen);
        }
        else if (sight.Length == 0)
        {
            // Never opened: there is nothing to read, and where pipes cannot be told from files this keeps us off them.
            length = 0;
            problems.Add(FileProblems.Empty());
        }
        else
        {
            length = sight.Length;
            found = Read(path, ref length, problems);
        }

        return Judge(path, claim, found, length, problems);
    }

    private static Detection? Read(string path, ref long? length, List<FileProblem> problems)
    {
        try
        {
            using FileStream stream = FileReading.Open(path);
            length = stream.Length;
            using ByteWindow window = new(stream);
            if (window.Head.IsEmpty)
            {
                problems.Add(length == 0 ? FileProblems.Empty() : FileProblems.NotReadable("The file gave none of its bytes."));
                return null;
            }

            return TypeDetector.Detect(window);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            length = null;
            problems.Add(FileProblems.Of(SightKind.Missing)!);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or SecurityException)
        {
            problems.Add(FileProblems.Of(SightKind.Denied)!);
        }
        catch (IOException error) when (FileProbe.IsUnreachable(error))
        {
            problems.Add(FileProblems.Of(SightKind.Unreachable)!);
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            problems.Add(FileProblems.NotReadable($"The file cannot be read: {error.Message}"));
        }

        return null;
    }

    private static FileCheck Judge(string path, FileClaim claim, Detection? found, long? length, List<FileProblem> problems)
    {
        FileType? type = claim.Type ?? claim.Infer(found);
        if (claim.Problem(found, length) is FileProblem wrongType)
        {
            problems.Add(wrongType);
        }

        if (type is not null && length > type.MaxLength)
        {
            problems.Add(FileProblems.TooLarge(type, length.Value));
        }

        return new()
        {
            Path = path,
            Name = claim.Name,
            Length = length,
            ContentType = type?.ContentType ?? claim.Declared,
            DetectedType = found?.ContentType,
            Category = type?.Category,
            MaxLength = type?.MaxLength,
            UploadMethod = length is long size ? FileTypes.UploadMethodFor(size) : null,
            IsValid = problems.Count == 0,
            Problems = [.. problems],
        };
    }
}
