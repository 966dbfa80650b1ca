using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace MediaMagic.Tests.Reports;

/// <summary>What stands in a report, and how.</summary>
public sealed class ReportStructureTests
{
    private static readonly string s_html = ReportSample.Write("A report", [ReportSample.Complete(), ReportSample.Unfinished()], "Submission s3 could not be read.");
    private static readonly XElement s_page = ReportSample.Tree(s_html);

    [Fact]
    public void Asks_for_nothing_outside_itself()
    {
        Assert.DoesNotContain(s_page.Descendants(), element => element.Name.LocalName is "link" or "img" or "iframe" or "object" or "embed" or "base" or "image" or "use");
        Assert.DoesNotContain(s_page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "srcset" or "style" or "action" or "formaction" or "ping" or "background");
        Assert.DoesNotMatch(@"@import|url\(|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|importScripts|eval\(|innerHTML|insertAdjacentHTML|document\.write", s_html);
    }

    [Fact]
    public void Allows_its_own_style_and_script_by_hash_and_nothing_else()
    {
        XElement[] head = [.. s_page.Element("head")!.Elements()];
        XElement policy = head.Single(element => (string?)element.Attribute("http-equiv") == "Content-Security-Policy");
        string text = (string)policy.Attribute("content")!;
        Assert.StartsWith("default-src 'none'; ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", text, StringComparison.Ordinal);
        Assert.True(Array.IndexOf(head, policy) < Array.FindIndex(head, element => element.Name == "style"));
        foreach (string name in new[] { "style", "script" })
        {
            string content = Regex.Match(s_html, $"<{name}>(.*?)</{name}>", RegexOptions.Singleline).Groups[1].Value;
            string hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
            Assert.Contains($"{name}-src 'sha256-{hash}'", text, StringComparison.Ordinal);
            Assert.Single(s_page.Descendants(name));
        }
    }

    [Fact]
    public void Has_a_row_for_each_submission_and_asset_with_its_numbers()
    {
        Assert.Equal(["s1", "s2"], Rows("submissions").Select(row => row[0]));
        Assert.Equal(["s1", "Complete", "100 %", "2026-06-03 12:00", "1 min 30 s", "1", ""], Rows("submissions")[0]);
        Assert.Equal(["spot.mp4", "Complete", "5", "2", "1", "1", "1", "video/mp4", "2", "s1"], Rows("assets")[0]);
        Assert.Equal(["a2", "Failed", "0", "0", "0", "0", "0", "", "", "s2"], Rows("assets")[1]);
        Assert.Equal("processing", Rows("assets")[2][1], ignoreCase: true);
    }

    [Fact]
    public void Shows_each_issue_once_under_its_topic_the_gravest_first()
    {
        XElement asset = s_page.Descendants("section").Single(section => (string?)section.Attribute("id") == "a1");
        Assert.Equal(
            ["Health claims 2: 1,2", "Small print 2: 3,4", "Other issues 1: 5"],
            asset.Elements("section").Select(group => $"{Text(group.Element("h4")!)}: {string.Join(",", group.Descendants("li").Attributes("data-number").Select(number => number.Value))}"));
        XElement first = asset.Descendants("li").First(item => (string?)item.Attribute("data-number") == "1");
        Assert.Equal(("CRITICAL", "AWAITING_HUMAN_INPUT", "CAP_1"), ((string?)first.Attribute("data-severity"), (string?)first.Attribute("data-status"), (string?)first.Attribute("data-rule")));
        Assert.Contains("Critical Summary 1", Text(first), StringComparison.Ordinal);
        Assert.Contains("Awaiting human input", Text(first), StringComparison.Ordinal);
        XElement link = first.Descendants("a").Single();
        Assert.Equal("https://example.com/rulings/1?a=b&c=d", (string?)link.Attribute("href"));
        Assert.Equal("noopener noreferrer", (string?)link.Attribute("rel"));
        Assert.Equal("A ruling", Text(link));
    }

    [Fact]
    public void Says_what_failed_what_runs_and_what_could_not_be_read()
    {
        Assert.Contains("The analysis failed (DecodeError): No sound. It can be retried.", Text(Section("a2")), StringComparison.Ordinal);
        Assert.Contains("had not finished", Text(Section("a3")), StringComparison.Ordinal);
        Assert.Contains("Submission s3 could not be read.", Text(Section("problems")), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_when_issues_are_missing_and_when_there_are_none()
    {
        MediaMagic.Reports.ReportSubmission missing = ReportSample.Complete();
        missing.Assets[0].Read!.IssueCount = 7;
        Assert.Contains("counts 7 issues and listed 5", Text(ReportSample.Tree(ReportSample.Write(missing))), StringComparison.Ordinal);

        MediaMagic.Reports.ReportSubmission none = ReportSample.Complete();
        none.Assets[0].Read = new Asset { FileName = "clean.mp4", IssueCount = 0 };
        none.Assets[0].Topics = null;
        none.Assets[0].Listed.IssueCount = 0;
        Assert.Contains("No issues were found.", Text(ReportSample.Tree(ReportSample.Write(none))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_has_its_numbers_as_words()
    {
        XElement chart = s_page.Descendants("svg").Single();
        Assert.Equal("img", (string?)chart.Attribute("role"));
        string[] named = ((string)chart.Attribute("aria-labelledby")!).Split(' ');
        Assert.Equal(named, chart.Elements().Take(2).Select(element => (string)element.Attribute("id")!));
        Assert.Equal("Critical: 2, Major: 1, Minor: 1, Info: 1", chart.Element("desc")!.Value);
        Assert.Equal(4, chart.Elements("rect").Count());
    }

    [Fact]
    public void Can_be_found_one_s_way_in_without_eyes_or_mouse()
    {
        Assert.Equal("en", (string?)s_page.Attribute("lang"));
        Assert.Single(s_page.Descendants("h1"));
        Assert.Single(s_page.Descendants("main"));
        Assert.Single(s_page.Descendants("header"));
        string[] ids = [.. s_page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(s_page.Descendants().Attributes("aria-labelledby").SelectMany(names => names.Value.Split(' ')), name => Assert.Contains(name, ids));
        Assert.All(s_page.Descendants("a").Attributes("href").Where(link => link.Value.StartsWith('#')), link => Assert.Contains(link.Value[1..], ids));
        Assert.All(s_page.Descendants("section"), section => Assert.NotNull(section.Attribute("aria-labelledby")));
        Assert.All(s_page.Descendants("th"), head => Assert.Contains((string?)head.Attribute("scope"), new[] { "col", "row" }));
        IEnumerable<XElement> fields = s_page.Descendants().Where(element => element.Name.LocalName is "input" or "select");
        Assert.All(fields, field => Assert.True(
            field.Ancestors("label").Any() || s_page.Descendants("label").Any(label => (string?)label.Attribute("for") == (string?)field.Attribute("id"))));
        int[] levels = [.. s_page.Descendants().Where(element => Regex.IsMatch(element.Name.LocalName, "^h[1-6]$")).Select(element => element.Name.LocalName[1] - '0')];
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public void Without_JavaScript_everything_but_the_filter_is_shown()
    {
        string[] hidden = [.. s_page.Descendants().Where(element => element.Attribute("hidden") is not null).Select(element => (string)element.Attribute("id")!)];
        Assert.Equal(["filter", "shown"], hidden);
        Assert.DoesNotContain(s_page.Descendants(), element => element.Name.LocalName is "details" or "template");
    }

    [Fact]
    public void A_report_of_nothing_that_could_be_read_stands()
    {
        XElement page = ReportSample.Tree(ReportSample.Write("Empty", [], "Submission s1 could not be read."));
        Assert.Contains("This report is incomplete", Text(page), StringComparison.Ordinal);
        Assert.Contains("No submission has ended.", Text(page), StringComparison.Ordinal);
    }

    private static XElement Section(string id) => s_page.Descendants("section").Single(section => (string?)section.Attribute("id") == id);

    private static string[][] Rows(string id) =>
        [.. Section(id).Descendants("tbody").Single().Elements("tr").Select(row => row.Elements().Select(Text).ToArray())];

    private static string Text(XElement element) => Regex.Replace(element.Value, @"\s+", " ").Trim();
}
