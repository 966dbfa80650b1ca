using System.Text;

namespace MediaMagic.Tests.Files.Samples;

/// <summary>PDF, SVG and texts.</summary>
internal static class Documents
{
    public const string SvgElement = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"></svg>\n";

    public const string SvgWithEverything =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- a comment > with <html> in it -->
        <?xml-stylesheet href="a.css"?>
        <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
          <!ENTITY ns_svg "http://www.w3.org/2000/svg">
          <!-- it's > here ]> -->
          <!ENTITY odd "]>">
        ]>

        """ + SvgElement;

    public const string Html = "<!DOCTYPE html>\n<html><body><svg xmlns=\"http://www.w3.org/2000/svg\"></svg></body></html>\n";

    public static byte[] Pdf(string before = "") => new Bytes()
        .Raw(Encoding.Latin1.GetBytes(before)).Ascii("%PDF-1.7\n%").Raw(0xE2, 0xE3, 0xCF, 0xD3)
        .Ascii("\n1 0 obj\n<< /Length 4 >>\nstream\n").Raw(0, 1, 2, 3).Ascii("\nendstream\nendobj\ntrailer\n<< >>\n%%EOF\n").ToArray();

    public static byte[] Utf8(string text, bool mark = false) => With(new UTF8Encoding(mark), text);

    public static byte[] Utf16(string text, bool bigEndian = false, bool mark = true) => With(new UnicodeEncoding(bigEndian, mark), text);

    public static byte[] Utf32(string text, bool bigEndian = false) => With(new UTF32Encoding(bigEndian, true), text);

    public static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] With(Encoding encoding, string text) =>
        new Bytes().Raw(encoding.GetPreamble()).Raw(encoding.GetBytes(text)).ToArray();
}
