#if !NET
using System;

namespace MediaMagic;

/// <summary>Members of newer frameworks' spans, under their own names, for netstandard2.0.</summary>
internal static class SpanSupport
{
    extension(ReadOnlySpan<byte> bytes)
    {
        public ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> values)
        {
            int start = 0;
            while (start < bytes.Length && values.IndexOf(bytes[start]) >= 0)
            {
                start++;
            }

            return bytes.Slice(start);
        }

        public ReadOnlySpan<byte> TrimEnd(byte value)
        {
            int length = bytes.Length;
            while (length > 0 && bytes[length - 1] == value)
            {
                length--;
            }

            return bytes.Slice(0, length);
        }
    }
}
#endif
