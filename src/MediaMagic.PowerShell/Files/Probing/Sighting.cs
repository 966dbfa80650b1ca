namespace MediaMagic.Files;

/// <summary>What was seen at a path without opening it; links are followed.</summary>
internal readonly record struct Sighting(SightKind Kind, long Length = 0);
