using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace MediaMagic.Bench.Bulk;

/// <summary>A folder of files of 10 KB, each of its own content, and room beside it for a ledger.</summary>
internal sealed class Batch : IDisposable
{
    private const int Length = 10_000;

    public Batch(int count)
    {
        Root = Directory.CreateTempSubdirectory("mm-bench-").FullName;
        Files = Path.Combine(Root, "files");
        Directory.CreateDirectory(Files);
        string rest = string.Join('\n', new string('x', 80), "A claim that wants proof.").PadRight(Length, '.');
        for (int i = 0; i < count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"clip{i:000000}.txt");
            File.WriteAllText(Path.Combine(Files, name), string.Concat(name, "\n", rest.AsSpan(0, Length - name.Length - 1)), Encoding.ASCII);
        }
    }

    public string Root { get; }

    public string Files { get; }

    public string NewLedger() => Path.Combine(Root, Guid.NewGuid().ToString("N") + ".db");

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
