using MediaMagic.Files;

namespace MediaMagic.Tests.Files;

/// <summary>The awkward paths as the framework alone sees them.</summary>
public sealed class AwkwardPathPortableTests() : AwkwardPathTests(new PortableProbe());
