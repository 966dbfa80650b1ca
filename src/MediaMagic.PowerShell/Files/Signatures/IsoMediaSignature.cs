using System;
using System.Buffers.Binary;

namespace MediaMagic.Files;

/// <summary>MPEG-4 and QuickTime, which share a container: the brands in it tell them apart.</summary>
internal static class IsoMediaSignature
{
    private const int MaxAtoms = 8;
    private const int MaxBrands = 64;
    private const int AtomHeader = 8;

    // More than any file, and few enough that sums of them do not overflow.
    private const ulong MaxAtom = (1UL << 56) - 1;

    public static Detection Detect(ByteWindow window)
    {
        long offset = 0;
        for (int i = 0; i < MaxAtoms; i++)
        {
            ReadOnlySpan<byte> atom = window.At(offset, AtomHeader * 2);
            if (atom.Length < AtomHeader)
            {
                return Detection.None;
            }

            ReadOnlySpan<byte> type = atom.Slice(4, 4);
            if (type.SequenceEqual("ftyp"u8))
            {
                return FromBrands(window.At(offset, AtomHeader + (4 * MaxBrands)));
            }

            long size = AtomSize(atom);
            if (offset == 0 && !IsPlausible(atom[0], size, window.Length))
            {
                return Detection.None;
            }

            // Files from before brands were invented begin with their content, or with room left for it.
            if (type.SequenceEqual("moov"u8) || type.SequenceEqual("mdat"u8) || type.SequenceEqual("pnot"u8))
            {
                return new(MediaType.QuickTime);
            }

            bool isRoom = type.SequenceEqual("wide"u8) || type.SequenceEqual("free"u8) || type.SequenceEqual("skip"u8);
            if (!isRoom || size < AtomHeader)
            {
                return Detection.None;
            }

            offset += size;
        }

        return Detection.None;
    }

    private static Detection FromBrands(ReadOnlySpan<byte> atom)
    {
        if (atom.Length < AtomHeader + 4)
        {
            return Detection.None;
        }

        IsoBrand major = IsoBrands.Find(atom.Slice(AtomHeader, 4));
        long size = Math.Min(AtomSize(atom), atom.Length);
        bool quickTime = major == IsoBrand.QuickTime;
        bool mp4 = major == IsoBrand.Mp4;
        for (int i = AtomHeader * 2; i + 4 <= size; i += 4)
        {
            IsoBrand brand = IsoBrands.Find(atom.Slice(i, 4));
            quickTime |= brand == IsoBrand.QuickTime;
            mp4 |= brand == IsoBrand.Mp4;
        }

        return major switch
        {
            IsoBrand.QuickTime => new(MediaType.QuickTime, mp4 ? MediaType.Mp4 : null),
            IsoBrand.Mp4Audio => new(MediaType.Mp4Audio),
            IsoBrand.Heic => new(MediaType.Heic),
            IsoBrand.Avif => new(MediaType.Avif),
            _ when mp4 => new(MediaType.Mp4, quickTime ? MediaType.QuickTime : null),
            _ when quickTime => new(MediaType.QuickTime),
            IsoBrand.ThreeGpp => new(MediaType.ThreeGpp),
            _ => new(null, MediaType.Mp4),
        };
    }

    private static long AtomSize(ReadOnlySpan<byte> atom) => BinaryPrimitives.ReadUInt32BigEndian(atom) switch
    {
        1 when atom.Length >= AtomHeader * 2 => (long)(BinaryPrimitives.ReadUInt64BigEndian(atom.Slice(AtomHeader)) & MaxAtom),
        uint size => size,
    };

    // Four letters alone may stand in any text; a size in letters would be far beyond the file.
    private static bool IsPlausible(byte first, long size, long length) => first < (byte)'\t' || (size >= AtomHeader && size <= length);
}
