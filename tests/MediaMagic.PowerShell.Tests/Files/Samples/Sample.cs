namespace MediaMagic.Tests.Files.Samples;

/// <summary>A file that is what it claims to be.</summary>
internal sealed record Sample(string Name, string ContentType, byte[] Bytes);
