using System;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using MediaMagic.Errors;
using MediaMagic.Reports;
using Xunit;

namespace MediaMagic.Tests.Reports;

/// <summary>Text that would be something else than text, in every field that a report shows.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] s_elements =
    [
        "html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "h4", "p", "time", "main", "section", "ul", "ol", "li", "span", "div", "figure", "svg",
        "desc", "text", "rect", "table", "thead", "tbody", "tr", "th", "td", "bdi", "b", "form", "label", "input", "fieldset", "legend", "select", "option", "button", "script",
    ];

    private static readonly string[] s_attributes =
    [
        "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "rel", "dir", "datetime", "aria-labelledby", "aria-label", "role", "tabindex", "scope", "viewBox",
        "x", "y", "width", "height", "rx", "data-value", "data-asset", "data-severity", "data-order", "data-status", "data-rule", "data-number", "for", "type", "value", "checked",
        "hidden", "autocomplete", "placeholder",
    ];

    public static TheoryData<string> Texts =>
    [
        "<script>window.hit=1</script>",
        "</script><script>window.hit=1</script>",
        "</style><img src=x onerror=window.hit=1>",
        "\"><svg onload=window.hit=1>",
        "' onmouseover='window.hit=1",
        "x\" onfocus=\"window.hit=1\" autofocus=\"",
        "</title></textarea><iframe srcdoc=\"<script>parent.hit=1</script>\">",
        "javascript:window.hit=1",
        "JaVa\tScRiPt:window.hit=1",
        " javascript:window.hit=1",
        "data:text/html,<script>window.hit=1</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "https://example.com/\"onclick=\"window.hit=1",
        "https://user:pass@example.com/",
        "https://example.com/<script>",
        "//example.com/x",
        "//\u202e\\=<<h[!;e)",
        "https://xn--\u00e4",
        "<!-- <script>",
        "]]><!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
        "{{7*7}} ${7*7} {0} {1:N0} }} {",
        "&lt;script&gt; &#60;script&#62; &amp;amp;",
        "`+alert(1)+`",
        "*/ expression(alert(1)) /* url(https://example.com/x)",
        "@import 'https://example.com/x.css';",
        "\u202egnp.exe \u2066x\u2069 \u200f\u061c",
        "\u0000\u0008\u001b[31m\u009b2J\u007f\ufeff",
        "\ud800 lone \udc00",
        "sk_live_0badc0de7e577e570badc0de7e577e570badc0de7e577e570badc0de7e577e57 whsec_aGlkZGVuLWhlcmU= https://s.test/a?sig=aGlkZGVu%3D",
        "<base href=https://example.com/><meta http-equiv=refresh content=0;url=https://example.com/>",
        "<form action=https://example.com/><input name=words><button>",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Stays_text(string text)
    {
        string html = ReportSample.Write(text, [Filled(text), Filled(text, failed: true), new(new Submission())], text);
        XElement page = ReportSample.Tree(html);
        Assert.Subset(s_elements.ToHashSet(), page.Descendants().Select(element => element.Name.LocalName).ToHashSet());
        Assert.Subset(s_attributes.ToHashSet(), page.Descendants().Attributes().Select(attribute => attribute.Name.LocalName).ToHashSet());
        Assert.All(page.Descendants().Attributes("href"), link => Assert.True(
            link.Value.StartsWith('#') || (Uri.TryCreate(link.Value, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"), link.Value));
        Assert.Equal(2, page.Descendants().Count(element => element.Name.LocalName is "script" or "style"));
        Assert.DoesNotMatch("[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]", html);
        Assert.DoesNotContain("aGlkZGVu", html, StringComparison.Ordinal);
        Assert.DoesNotContain("0badc0de", html, StringComparison.Ordinal);

        // Neither lost nor encoded twice.
        string shown = Visible(text);
        Assert.Contains(shown, page.Element("body")!.Value, StringComparison.Ordinal);
        Assert.Equal(shown, page.Element("head")!.Element("title")!.Value);
    }

    [Fact]
    public void A_title_of_a_precedent_cannot_hide_where_its_link_goes()
    {
        ReportSubmission submission = ReportSample.Complete();
        submission.Assets[0].Read!.Issues[0].Precedents = [new Precedent { Title = "https://good.test/", Url = "https://xn--80ak6aa92e.test/" }];
        Assert.Contains("<span class=\"host\">xn--80ak6aa92e.test</span>", ReportSample.Write(submission), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//\u202e\\=<<h[!;e)")]
    [InlineData("https://xn--\u00e4")]
    public void Link_is_null_when_the_framework_throws_on_the_address(string text)
    {
        Assert.Null(HtmlText.Link(text));
    }

    [Fact]
    public void Random_text_stays_text()
    {
        Gen<string> texts = Gen.Elements("<>&\"'`/= \\;:{}[]()!-scriptonloadhrefjava\u00e4\0\u001b\u202e\ud83c\udfac\t\r\n".ToCharArray()).ArrayOf().Select(static chars => new string(chars));
        Property.Check(texts, static text =>
        {
            string encoded = HtmlText.Encode(text);
            Assert.DoesNotContain(encoded, static c => c is '<' or '>' or '"' or '\'' or '`');
            Assert.Equal(Visible(text), XElement.Parse($"<a b=\"{encoded.Replace("\n", "&#10;", StringComparison.Ordinal).Replace("\t", "&#9;", StringComparison.Ordinal).Replace("\r", "&#13;", StringComparison.Ordinal)}\" />").Attribute("b")!.Value);
            Assert.All([text, "https://" + text, "//" + text], static address => Assert.True(
                HtmlText.Link(address) is null or { Scheme: "http" or "https", IdnHost.Length: > 0, AbsoluteUri.Length: > 0 }));
        }, 3000);
    }

    [Fact]
    public void Very_long_text_is_cut_and_shown_to_be()
    {
        string encoded = HtmlText.Encode(new string('x', 1_000_000));
        Assert.Equal(20_000, encoded.Length);
        Assert.EndsWith("…", encoded, StringComparison.Ordinal);
    }

    [Fact]
    public void So_many_severities_and_states_that_nobody_knows_have_a_bound()
    {
        ReportSubmission submission = ReportSample.Complete();
        submission.Assets[0].Topics = null;
        submission.Assets[0].Read!.Issues = [.. Enumerable.Range(0, 5000).Select(static i => new Issue { Severity = $"S{i}", Status = $"T{i}" }), ReportSample.Issue(1)];
        XElement page = ReportSample.Tree(ReportSample.Write(submission));
        Assert.InRange(page.Descendants("input").Count(), 5, 30);
        Assert.InRange(page.Descendants("rect").Count(), 5, 30);
        Assert.Equal(5001, page.Descendants("li").Count(static item => item.Attribute("data-severity") is not null));
        Assert.Contains("Critical: 1", page.Descendants("desc").Single().Value, StringComparison.Ordinal);
    }

    private static string Visible(string text) => Redactor.Default.Redact(SafeText.Harmless(text));

    private static ReportSubmission Filled(string text, bool failed = false)
    {
        Submission submission = Fill(new Submission(), text);
        submission.Assets = [Fill(new SubmissionAsset(), text)];
        submission.Assets[0].Status = failed ? "failed" : text;
        ReportSubmission filled = new(submission);
        filled.Assets[0].Read = Fill(new Asset { Issues = [Fill(new Issue { Precedents = [Fill(new Precedent(), text)] }, text)] }, text);
        filled.Assets[0].Topics = Fill(new TopicReport { Topics = [Fill(new Topic { Issues = [Fill(new Issue(), text + "2")] }, text)] }, text);
        filled.Assets[0].Problems.Add(text);
        filled.Problems.Add(text);
        return filled;
    }

    private static T Fill<T>(T model, string text)
        where T : notnull
    {
        foreach (PropertyInfo property in model.GetType().GetProperties().Where(property => property.PropertyType == typeof(string)))
        {
            property.SetValue(model, text);
        }

        return model;
    }
}
