using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace MediaMagic.Reports;

/// <summary>The style sheet and the script, and the hashes by which the page allows these two and nothing else.</summary>
internal sealed class ReportResource
{
    private ReportResource(string name)
    {
        using Stream stream = typeof(ReportResource).Assembly.GetManifestResourceStream("MediaMagic.Reports." + name)
            ?? throw new InvalidOperationException($"{name} is missing from the assembly.");
        using StreamReader reader = new(stream, Encoding.UTF8);

        // A browser reads every end of a line as this one before it hashes.
        Text = reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
        Hash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
    }

    public static ReportResource Style { get; } = new("report.css");

    public static ReportResource Script { get; } = new("report.js");

    public string Text { get; }

    public string Hash { get; }
}
