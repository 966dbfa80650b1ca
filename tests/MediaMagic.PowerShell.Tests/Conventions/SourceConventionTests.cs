using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace MediaMagic.Tests.Conventions;

/// <summary>What holds for every source file.</summary>
public sealed class SourceConventionTests
{
    private const string Module = "src/MediaMagic.PowerShell";
    private static readonly string[] s_powerShellRooms = ["Commands", "Parameters", "Sessions", "Formatting"];

    [Fact]
    public void Only_the_rooms_next_to_PowerShell_name_it() =>
        NoneOf(Repository.Sources(Module), file => !s_powerShellRooms.Contains(Room(file))
            && Path.GetFileName(file) != "ErrorRecords.cs"
            && File.ReadAllText(file).Contains("System.Management.Automation", StringComparison.Ordinal));

    [Fact]
    public void Files_stay_short() =>
        NoneOf(AllSources(), file => File.ReadLines(file).Count() > 250);

    [Fact]
    public void A_file_holds_one_type_and_is_named_after_it() =>
        NoneOf(Repository.Sources("src").Where(file => Room(file) != "Polyfills"), file =>
        {
            string[] types = [.. Regex.Matches(File.ReadAllText(file), @"^(?:public|internal) (?:\w+ )*?(?:class|struct|record struct|record|interface|enum|delegate \S+) (\w+)", RegexOptions.Multiline)
                .Select(match => match.Groups[1].Value)];
            return types.Length != 1 || Path.GetFileNameWithoutExtension(file).Split('.')[0] != types[0];
        });

    [Fact]
    public void The_platforms_differ_in_polyfills_and_faster_primitives_only()
    {
        string[] files = [.. Repository.Sources(Module).Where(file => Room(file) != "Polyfills" && File.ReadAllText(file).Contains("#if", StringComparison.Ordinal)).Select(file => Path.GetFileName(file))];
        Assert.True(files.Length <= 8, string.Join(", ", files));
    }

    [Fact]
    public void Nothing_is_left_unfinished_or_unobserved() =>
        NoneOf(AllSources(), file => Path.GetFileName(file) != "SourceConventionTests.cs" && Regex.IsMatch(
            File.ReadAllText(file), @"NotImplementedException|\bTODO\b|\bFIXME\b|async void|\.Wait\(\)"));

    [Fact]
    public void Certificates_are_checked_and_redirects_left_alone_everywhere() =>
        NoneOf(Repository.Sources("src"), file => Regex.IsMatch(
            File.ReadAllText(file), @"CertificateValidationCallback|DangerousAcceptAny|SslOptions|AllowAutoRedirect = true|PreAuthenticate|UseDefaultCredentials|UseCookies = true"));

    [Fact]
    public void The_simulator_shares_nothing_with_the_client() =>
        Assert.DoesNotContain("ProjectReference", File.ReadAllText(Path.Combine(Repository.Root, "src/MediaMagic.Simulator/MediaMagic.Simulator.csproj")), StringComparison.Ordinal);

    private static void NoneOf(IEnumerable<string> files, Func<string, bool> wrong)
    {
        string[] found = [.. files.Where(wrong).Select(file => Path.GetRelativePath(Repository.Root, file))];
        Assert.Empty(found);
    }

    private static IEnumerable<string> AllSources() => new[] { "src", "tests", "samples" }.SelectMany(Repository.Sources);

    private static string Room(string file) =>
        Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Split(Path.DirectorySeparatorChar).ElementAt(1);
}
