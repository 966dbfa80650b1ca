using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace MediaMagic.Webhooks;

/// <summary>Reads a request's body, of a length that is told before or in chunks, up to a limit.</summary>
internal static class BodyReader
{
    private const int MostTrailers = 20;

    /// <summary>The body; without one, the status to answer, or 0 when the client has left.</summary>
    public static async Task<(byte[]? Body, int Status)> ReadAsync(ByteReader reader, RequestHead head, int longest)
    {
        using MemoryStream body = new();
        int status = head.IsChunked
            ? await ReadChunksAsync(reader, body, longest).ConfigureAwait(false)
            : await reader.ReadAsync(body, head.Length ?? 0).ConfigureAwait(false) ? 200 : 0;
        return status == 200 ? (body.ToArray(), status) : (null, status);
    }

    private static async Task<int> ReadChunksAsync(ByteReader reader, MemoryStream body, int longest)
    {
        while (true)
        {
            string? line = await reader.ReadLineAsync().ConfigureAwait(false);
            if (line is null)
            {
                return reader.HasBytes ? 400 : 0;
            }

            if (IsAmbiguous(line) || !int.TryParse(line.Split(';')[0].TrimEnd(' ', '\t'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int size) || size < 0)
            {
                return 400;
            }

            if (size == 0)
            {
                return await SkipTrailersAsync(reader).ConfigureAwait(false);
            }

            if (size > longest - body.Length)
            {
                return 413;
            }

            if (!await reader.ReadAsync(body, size).ConfigureAwait(false))
            {
                return 0;
            }

            if (await reader.ReadLineAsync().ConfigureAwait(false) is not "")
            {
                return 400;
            }
        }
    }

    private static async Task<int> SkipTrailersAsync(ByteReader reader)
    {
        for (int i = 0; i < MostTrailers; i++)
        {
            string? line = await reader.ReadLineAsync().ConfigureAwait(false);
            if (line is null || IsAmbiguous(line))
            {
                return 400;
            }

            if (line.Length == 0)
            {
                return 200;
            }
        }

        return 400;
    }

    // Half a line end is a whole one to some: they would see the chunk begin, or the body end, elsewhere.
    private static bool IsAmbiguous(string line) => line.IndexOfAny(['\r', '\n', '\0']) >= 0;
}
