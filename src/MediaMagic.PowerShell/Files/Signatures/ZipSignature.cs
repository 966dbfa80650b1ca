using System;
using System.Buffers.Binary;
using System.Text;

namespace MediaMagic.Files;

/// <summary>Zip archives; a new Word file is one with Word's parts in it.</summary>
internal static class ZipSignature
{
    private const int LocalHeader = 30;
    private const int CentralHeader = 46;
    private const int EndRecord = 22;
    private const int Tail = 4 * 1024;
    private const int MaxDirectory = 32 * 1024;

    private static ReadOnlySpan<byte> LocalMark => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> CentralMark => "PK\x01\x02"u8;

    private static ReadOnlySpan<byte> EndMark => "PK\x05\x06"u8;

    public static Detection Detect(ByteWindow window)
    {
        ReadOnlySpan<byte> head = window.Head;
        if (head.StartsWith(EndMark))
        {
            return new(MediaType.Zip);
        }

        if (!head.StartsWith(LocalMark))
        {
            return Detection.None;
        }

        if (DeclaredType(head) is string declared)
        {
            return new(declared);
        }

        ZipContent content = new();
        if (!ReadDirectory(window, content))
        {
            ReadHead(window.Head, content);
        }

        return content.Judge();
    }

    /// <summary>What e-books and OpenDocument files say of themselves in a first, uncompressed entry.</summary>
    private static string? DeclaredType(ReadOnlySpan<byte> head)
    {
        if (head.Length < LocalHeader || Name(head, LocalHeader, 26) is not "mimetype")
        {
            return null;
        }

        int start = LocalHeader + Number16(head.Slice(26)) + Number16(head.Slice(28));
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(head.Slice(18));
        return length is > 0 and < 100 && start + length <= head.Length && Number16(head.Slice(8)) == 0
            ? Encoding.UTF8.GetString(head.Slice(start, (int)length))
            : MediaType.Zip;
    }

    /// <summary>Reads the names in the archive's directory at its end; false when it is not where it should be.</summary>
    private static bool ReadDirectory(ByteWindow window, ZipContent content)
    {
        ReadOnlySpan<byte> end = window.At(window.Length - EndRecord, EndRecord);
        long endAt = window.Length - EndRecord;
        if (!end.StartsWith(EndMark))
        {
            // A comment may stand behind it.
            long tailAt = Math.Max(0, window.Length - Tail);
            ReadOnlySpan<byte> tail = window.At(tailAt, Tail);
            int found = tail.LastIndexOf(EndMark);
            if (found < 0 || tail.Length - found < EndRecord)
            {
                return false;
            }

            endAt = tailAt + found;
            end = tail.Slice(found);
        }

        long length = BinaryPrimitives.ReadUInt32LittleEndian(end.Slice(12));
        ReadOnlySpan<byte> directory = window.At(endAt - length, (int)Math.Min(length, MaxDirectory));
        if (!directory.StartsWith(CentralMark))
        {
            return false;
        }

        int position = 0;
        while (directory.Length - position >= CentralHeader && directory.Slice(position).StartsWith(CentralMark))
        {
            ReadOnlySpan<byte> entry = directory.Slice(position);
            content.Add(Name(entry, CentralHeader, 28));
            position += CentralHeader + Number16(entry.Slice(28)) + Number16(entry.Slice(30)) + Number16(entry.Slice(32));
        }

        content.IsComplete = position == length;
        return true;
    }

    /// <summary>Reads the names that stand in front of the entries at the beginning.</summary>
    private static void ReadHead(ReadOnlySpan<byte> head, ZipContent content)
    {
        while (head.Length >= LocalHeader)
        {
            content.Add(Name(head, LocalHeader, 26));
            head = head.Slice(LocalMark.Length);
            int next = head.IndexOf(LocalMark);
            head = next < 0 ? [] : head.Slice(next);
        }
    }

    private static string Name(ReadOnlySpan<byte> header, int start, int lengthAt)
    {
        int length = Math.Min(Number16(header.Slice(lengthAt)), header.Length - start);
        return Encoding.UTF8.GetString(header.Slice(start, length));
    }

    private static ushort Number16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
