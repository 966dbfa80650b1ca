using System;
using System.IO;

namespace MediaMagic.IO;

/// <summary>Another program has a file open and does not share it.</summary>
internal sealed class FileHeldException(string path, Exception? cause) : IOException($"another program has the file '{path}' open and does not share it", cause);
