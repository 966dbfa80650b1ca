using System;
using MediaMagic.IO;

namespace MediaMagic.Tests.Http;

/// <summary>A file that can be created, and throws at every line.</summary>
internal sealed class BrokenFile(string path, Func<Exception> failure) : AppendFile(path, static _ => true)
{
    public override void Append(byte[] lines) => throw failure();
}
