using MediaMagic.Files;

namespace MediaMagic.Tests.Files;

/// <summary>Sees what it is told to see.</summary>
internal sealed class StubProbe(Sighting sighting) : FileProbe
{
    protected override Sighting LookAt(string path) => sighting;
}
