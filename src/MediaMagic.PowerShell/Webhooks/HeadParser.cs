using System;
using System.Collections.Generic;
using System.Text;

namespace MediaMagic.Webhooks;

/// <summary>Reads the head of an HTTP/1.x request, strictly: what two readers could understand differently is refused.</summary>
internal static class HeadParser
{
    private const int MostHeaders = 100;
    private const string TokenMarks = "!#$%&'*+-.^_`|~";
    private static readonly Encoding s_latin1 = Encoding.GetEncoding(28591);

    /// <summary>The head; null and the status to answer when it is none.</summary>
    public static RequestHead? Parse(byte[] bytes, int offset, int count, out int status)
    {
        string[] lines = s_latin1.GetString(bytes, offset, count).Split(["\r\n"], StringSplitOptions.None);
        string[] words = lines[0].Split(' ');
        status = 400;
        if (words.Length != 3 || !IsToken(words[0]) || PathOf(words[1]) is not string path)
        {
            return null;
        }

        if (words[2] is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            status = words[2].StartsWith("HTTP/", StringComparison.Ordinal) ? 505 : 400;
            return null;
        }

        if (lines.Length - 1 > MostHeaders)
        {
            status = 431;
            return null;
        }

        List<KeyValuePair<string, string>> headers = [];
        for (int i = 1; i < lines.Length; i++)
        {
            int colon = lines[i].IndexOf(':');
            if (colon < 1 || !IsToken(lines[i].Substring(0, colon)) || !IsText(lines[i]))
            {
                return null;
            }

            headers.Add(new(lines[i].Substring(0, colon), lines[i].Substring(colon + 1).Trim(' ', '\t')));
        }

        RequestHead head = new(words[0], path, words[2] == "HTTP/1.0", headers);
        status = head.Flaw();
        return status == 0 ? head : null;
    }

    private static string? PathOf(string target)
    {
        if (!IsText(target))
        {
            return null;
        }

        string path = target.Split('?')[0];
        if (path.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            int slash = path.IndexOf('/', "http://".Length);
            path = slash < 0 ? "/" : path.Substring(slash);
        }

        return path.StartsWith('/') ? path : null;
    }

    private static bool IsToken(string text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')) && !TokenMarks.Contains(c))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private static bool IsText(string text)
    {
        foreach (char c in text)
        {
            if ((c < ' ' && c != '\t') || c == '\x7f')
            {
                return false;
            }
        }

        return true;
    }
}
