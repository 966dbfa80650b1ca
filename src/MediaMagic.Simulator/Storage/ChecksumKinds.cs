using System;

namespace MediaMagic.Simulator;

/// <summary>The checksums of a body that storage computes.</summary>
[Flags]
internal enum ChecksumKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>MD5.</summary>
    Md5 = 1,

    /// <summary>The CRC64 of Azure Storage.</summary>
    Crc64 = 2,
}
