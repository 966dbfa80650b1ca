using System.Runtime.InteropServices;

namespace MediaMagic.Files;

/// <summary>The kernel's struct statx, the same on every Linux; only what we ask for is named.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatX
{
    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Number;

    [FieldOffset(40)]
    public long Length;

    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;
}
