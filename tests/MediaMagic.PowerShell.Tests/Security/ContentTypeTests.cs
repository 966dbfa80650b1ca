using System;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Security;

/// <summary>A content type from a table or a pipeline, which may be anybody's text.</summary>
public sealed class ContentTypeTests
{
    [Theory]
    [InlineData("text/plain\r\nContent-Disposition: form-data; name=\"other\"")]
    [InlineData("text/plain\n")]
    [InlineData("text/\0plain")]
    public async Task A_content_type_cannot_bring_headers_of_its_own(string contentType)
    {
        using RawServer server = RawServer.Always(RawServer.Ok("""{"blobPath":"w/a.txt"}"""));
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        await Assert.ThrowsAsync<ArgumentException>(() => client.Uploads.SendDirectAsync("a.txt", contentType, static () => new ByteArrayContent([1])));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Uploads.CreateUrlAsync("a.txt", contentType));
        Assert.Equal(0, server.Connections);
    }
}
