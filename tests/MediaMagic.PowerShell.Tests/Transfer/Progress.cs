using System;
using MediaMagic.Transfer;

namespace MediaMagic.Tests.Transfer;

/// <summary>Takes progress on the thread that reports it.</summary>
public sealed class Progress(Action<UploadProgress> take) : IProgress<UploadProgress>
{
    public void Report(UploadProgress value) => take(value);
}
