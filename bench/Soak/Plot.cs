using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace MediaMagic.Bench.Soak;

/// <summary>The samples over time, one line each, as SVG.</summary>
internal static class Plot
{
    private const int Width = 800;
    private const int Height = 150;
    private const int Left = 50;

    public static void Write(string path, Samples samples)
    {
        StringBuilder svg = new();
        int all = Samples.Names.Count * (Height + 40);
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width + Left + 20} {all}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width + Left + 20}\" height=\"{all}\" fill=\"white\"/>\n");
        double minutes = samples.Rows[^1][0];
        for (int i = 0; i < Samples.Names.Count; i++)
        {
            double top = samples.Rows.Max(row => row[i + 1]) * 1.1;
            int y = (i * (Height + 40)) + 20;
            string points = string.Join(' ', samples.Rows.Select(row => string.Create(
                CultureInfo.InvariantCulture, $"{Left + (row[0] / minutes * Width):0.#},{y + Height - (row[i + 1] / top * Height):0.#}")));
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{y - 6}\">{Samples.Names[i]} (to {top:0}), over {minutes:0.#} minutes</text>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {y}v{Height}h{Width}\" fill=\"none\" stroke=\"gray\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"steelblue\" stroke-width=\"1.5\"/>\n");
        }

        File.WriteAllText(path, svg.Append("</svg>\n").ToString());
    }
}
