using System.Collections.Generic;
using System.Text;

namespace MediaMagic.Errors;

/// <summary>Closes JSON that was cut off, so that what came before the cut can be read.</summary>
internal static class CutJson
{
    private const int Deepest = 128;

    /// <summary>The text closed in the middle of its last value, and closed behind the last whole one.</summary>
    public static IEnumerable<string> Closings(string text)
    {
        if (Close(text, text.Length, out int whole) is string inside)
        {
            yield return inside;
        }

        if (Close(text, whole, out _) is string behind)
        {
            yield return behind;
        }
    }

    private static string? Close(string text, int end, out int whole)
    {
        Stack<char> open = new();
        bool quoted = false;
        int escape = -1;
        whole = 0;
        for (int i = 0; i < end; i++)
        {
            char c = text[i];
            if (quoted)
            {
                if (c == '\\')
                {
                    escape = i++;
                }

                quoted = c != '"';
                continue;
            }

            switch (c)
            {
                case '"':
                    quoted = true;
                    break;
                case '{' or '[' when open.Count == Deepest:
                    return null;
                case '{' or '[':
                    open.Push(c == '{' ? '}' : ']');
                    whole = i + 1;
                    break;
                case '}' or ']' when open.Count > 0:
                    open.Pop();
                    whole = i + 1;
                    break;
                case ',':
                    whole = i;
                    break;
            }
        }

        StringBuilder closed = new(text, 0, end, end + open.Count + 1);
        if (quoted)
        {
            // Half an escape would spoil the string that it ends.
            if (escape >= 0 && end - escape < (escape + 1 < end && text[escape + 1] == 'u' ? 6 : 2))
            {
                closed.Length = escape;
            }

            closed.Append('"');
        }

        foreach (char c in open)
        {
            closed.Append(c);
        }

        return closed.ToString();
    }
}
