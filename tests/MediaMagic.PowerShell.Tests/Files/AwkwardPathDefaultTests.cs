using MediaMagic.Files;

namespace MediaMagic.Tests.Files;

/// <summary>The awkward paths as this machine's best probe sees them.</summary>
public sealed class AwkwardPathDefaultTests() : AwkwardPathTests(FileProbe.Default);
