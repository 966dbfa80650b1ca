using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace MediaMagic.Tests.Conventions;

/// <summary>The threat review in docs/security.md: it must not speak of what is not there.</summary>
public sealed class SecurityPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs/security.md"));

    [Fact]
    public void Whatever_the_page_names_exists()
    {
        string[] tests = [.. Repository.Sources("tests")];
        foreach (Match named in Regex.Matches(s_page, @"`(\w*Tests)(?:\.(\w+))?`"))
        {
            string[] files = [.. tests.Where(file => Path.GetFileNameWithoutExtension(file) == named.Groups[1].Value)];
            string method = named.Groups[2].Success ? $"{named.Groups[2].Value}(" : "class " + named.Groups[1].Value;
            Assert.True(files.Any(file => File.ReadAllText(file).Contains(method, StringComparison.Ordinal)), named.Value);
        }

        foreach (Match named in Regex.Matches(s_page, @"`(\w+\.Tests\.ps1): ([^`]+)`"))
        {
            string suite = File.ReadAllText(Path.Combine(Repository.Root, "tests/Module", named.Groups[1].Value)).Replace("''", "'", StringComparison.Ordinal);
            Assert.True(Regex.IsMatch(suite, $"It '[^\r\n]*{Regex.Escape(named.Groups[2].Value)}"), named.Value);
        }

        foreach (Match named in Regex.Matches(s_page, @"`([\w./]+\.cs)`"))
        {
            string file = named.Groups[1].Value;
            Assert.True(File.Exists(Path.Combine(Repository.Root, file.StartsWith("src/", StringComparison.Ordinal) ? file : "src/MediaMagic.PowerShell/" + file)), named.Value);
        }
    }

    [Fact]
    public void Every_threat_has_something_that_holds_it()
    {
        string[][] rows = [.. s_page.Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Threat", StringComparison.Ordinal))
            .Select(static line => Regex.Split(line.Trim('|', ' '), @"\s*\|\s*"))];
        Assert.InRange(rows.Length, 30, 100);
        Assert.All(rows, static row => Assert.Matches("`.+Tests", row[2]));
    }
}
