using System;
using System.IO;
using System.Text;

namespace MediaMagic.Simulator;

/// <summary>The page, which allows no script but its own.</summary>
internal static class PageFile
{
    private static readonly Lazy<string> s_html = new(Load);

    public static Reply Reply()
    {
        string nonce = Guid.NewGuid().ToString("N");
        string policy = $"default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
            + $"script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'";
        return Simulator.Reply.Text(200, s_html.Value.Replace("{{nonce}}", nonce, StringComparison.Ordinal), "text/html; charset=utf-8")
            .With("Content-Security-Policy", policy)
            .With("X-Content-Type-Options", "nosniff")
            .With("Cache-Control", "no-store");
    }

    private static string Load()
    {
        using Stream stream = typeof(PageFile).Assembly.GetManifestResourceStream("MediaMagic.Simulator.Page.page.html")
            ?? throw new InvalidOperationException("The page is missing from the assembly.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
