using System;
using MediaMagic.Client;
using MediaMagic.IO;
using MediaMagic.Transfer;

namespace MediaMagic.Tests.Transfer;

/// <summary>Creates parts of files without an upload around them.</summary>
internal static class Parts
{
    /// <summary>Returns the whole file as one part.</summary>
    public static FilePart Of(SourceFile source, TimeProvider clock) => new(JobOf(source, clock, null), 0, source.Length);

    /// <summary>Returns an upload of the file, which keeps its journal in the folder.</summary>
    public static UploadJob JobOf(SourceFile source, TimeProvider clock, string? stateFolder, bool startOver = false, PathIdentity? paths = null)
    {
        using MediaMagicClient client = TestClient.With(new Answers(), new FakeClock(), options =>
        {
            options.TimeProvider = clock;
            options.PathIdentity = paths ?? PathIdentity.Default;
        });
        UploadRequest request = new() { Path = source.Identity.Path, ContentType = "video/mp4", StateFolder = stateFolder, StartOver = startOver, BlockSizeBytes = 1000 };
        return new UploadJob(request, client.Uploads, client.Transfer, source, null, new ProgressMeter(null, source.Length, clock));
    }
}
