using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace MediaMagic.Files;

/// <summary>The brands of ISO base media files that matter here, from the registry at mp4ra.org.</summary>
internal static class IsoBrands
{
    private static readonly Dictionary<uint, IsoBrand> s_brands = Build(
        (IsoBrand.Mp4, "isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 isoa isob isoc mp41 mp42 mp71 avc1 mmp4 dby1 XAVC "),
        (IsoBrand.Mp4, "M4V  M4VH M4VP F4V  MSNV NDSC NDSH NDSM NDSP NDSS NDXC NDXH NDXM NDXP NDXS "),
        (IsoBrand.Mp4, "dash msdh msix cmfc cmf2 piff "),
        (IsoBrand.QuickTime, "qt   "),
        (IsoBrand.Mp4Audio, "M4A  M4B  M4P  F4A  F4B  "),
        (IsoBrand.ThreeGpp, "3gp1 3gp2 3gp3 3gp4 3gp5 3gp6 3gp7 3gp8 3gp9 3ge6 3ge7 3ge9 3gg6 3gg9 3gr6 3gr9 "),
        (IsoBrand.ThreeGpp, "3gs6 3gs7 3gs9 3gh9 3gt9 3g2a 3g2b 3g2c KDDI "),
        (IsoBrand.Heic, "heic heix heim heis hevc hevx hevm hevs mif1 mif2 msf1 "),
        (IsoBrand.Avif, "avif avis "));

    public static IsoBrand Find(ReadOnlySpan<byte> brand) =>
        s_brands.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(brand), out IsoBrand found) ? found : IsoBrand.Unknown;

    // Every brand is four characters, blanks included, and a blank stands between them.
    private static Dictionary<uint, IsoBrand> Build(params (IsoBrand Brand, string Codes)[] groups)
    {
        Dictionary<uint, IsoBrand> brands = [];
        foreach ((IsoBrand brand, string codes) in groups)
        {
            for (int i = 0; i + 4 <= codes.Length; i += 5)
            {
                brands[((uint)codes[i] << 24) | ((uint)codes[i + 1] << 16) | ((uint)codes[i + 2] << 8) | codes[i + 3]] = brand;
            }
        }

        return brands;
    }
}
