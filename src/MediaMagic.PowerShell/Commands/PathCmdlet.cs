using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using MediaMagic.Errors;

namespace MediaMagic.Commands;

/// <summary>A cmdlet that works on files, named with or without wildcards, or piped.</summary>
public abstract class PathCmdlet : AsyncCmdlet
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, each exactly as it is called.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The files meant, as paths of the file system; what lies elsewhere becomes an error.</summary>
    private protected IEnumerable<string> ResolvePaths()
    {
        foreach (string path in ParameterSetName == LiteralPathSet ? LiteralPath : Path)
        {
            foreach (string file in Resolve(path, wildcards: ParameterSetName != LiteralPathSet))
            {
                yield return file;
            }
        }
    }

    private Collection<string> Resolve(string path, bool wildcards)
    {
        try
        {
            ProviderInfo provider;
            Collection<string> found;
            if (wildcards && WildcardPattern.ContainsWildcardCharacters(path))
            {
                found = GetResolvedProviderPathFromPSPath(path, out provider);
            }
            else
            {
                found = [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
            }

            if (provider.Name == "FileSystem")
            {
                // What matches nothing may be the very name of a file.
                string literal = found.Count == 0 ? SessionState.Path.GetUnresolvedProviderPathFromPSPath(path) : string.Empty;
                return System.IO.File.Exists(literal) ? [literal] : found;
            }

            WriteError(LocalErrors.FileInvalid(path, $"it belongs to the provider {provider.Name}, and only files can be sent"), path);
        }
        catch (Exception failure) when (failure is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException)
        {
            WriteError(LocalErrors.FileNotFound(path), path);
        }

        return [];
    }
}
