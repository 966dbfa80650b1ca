using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Http;

/// <summary>
/// A form with the one field <c>file</c>. Written by hand because the framework's sends names beyond ASCII
/// as encoded words, which servers take literally; browsers send them as UTF-8, and so does this.
/// </summary>
internal sealed class FormFileContent : HttpContent
{
    private readonly HttpContent _file;
    private readonly byte[] _before;
    private readonly byte[] _after;

    public FormFileContent(string fileName, string contentType, HttpContent file)
    {
        _file = file;
        string boundary = "----MediaMagic" + Guid.NewGuid().ToString("N");
        string name = fileName.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A");
        _before = Encoding.UTF8.GetBytes(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {contentType}\r\n\r\n");
        _after = Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n");
        Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + boundary);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => WriteAsync(stream, CancellationToken.None);

#if NET
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        WriteAsync(stream, cancellationToken);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _file.Headers.ContentLength + _before.Length + _after.Length ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task WriteAsync(Stream stream, CancellationToken stop)
    {
        await stream.WriteAsync(_before.AsMemory(), stop).ConfigureAwait(false);
        await _file.CopyToAsync(stream, stop).ConfigureAwait(false);
        await stream.WriteAsync(_after.AsMemory(), stop).ConfigureAwait(false);
    }
}
