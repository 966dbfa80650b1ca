using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace MediaMagic.Tests.Conventions;

/// <summary>The manifest has the version; all else follows it or does not name it.</summary>
public sealed class VersionTests
{
    private static readonly string[] s_texts = [".md", ".ps1", ".psm1", ".ps1xml", ".cs", ".csproj"];

    private static readonly string s_version =
        Regex.Match(Read("MediaMagic.psd1"), @"ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value;

    [Fact]
    public void Nothing_else_names_the_version()
    {
        Regex named = new($@"(?<![\d.]){Regex.Escape(s_version)}(?!\.?\d)");
        string[] found = [.. Texts().Where(file => named.IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Repository.Root, file))];
        Assert.Empty(found);
    }

    [Fact]
    public void Changelog_begins_with_it_or_with_unreleased_changes() =>
        Assert.Equal(s_version, Regex.Match(Read("CHANGELOG.md"), @"(?m)^## (?!Unreleased)(\S+)").Groups[1].Value);

    [Fact]
    public void The_assemblies_carry_it() =>
        Assert.Equal(s_version, typeof(MediaMagic.Submission).Assembly.GetName().Version?.ToString(3));

    // What people read and scripts run. The changelog is about versions, and dependencies have theirs.
    private static IEnumerable<string> Texts() =>
        new[] { "docs", "samples", "src", "tests/Module" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => s_texts.Contains(Path.GetExtension(file)))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md").Where(file => Path.GetFileName(file) != "CHANGELOG.md"))
            .Concat(Directory.EnumerateFiles(Repository.Root, "build.*"));

    private static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, name));
}
