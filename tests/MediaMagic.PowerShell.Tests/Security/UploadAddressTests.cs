using System;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Tests.Transfer;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Security;

/// <summary>Where a service may send a file to: not where only this machine can reach.</summary>
public sealed class UploadAddressTests
{
    private const string Far = "https://api.test/";
    private const string Near = "http://127.0.0.1:8080/";

    [Theory]
    [InlineData("https://account.blob.core.windows.net/c/b?sig=x", Far, true)]
    [InlineData("https://10.0.0.5/c/b?sig=x", Far, true)]
    [InlineData("http://account.blob.core.windows.net/c/b?sig=x", Far, false)]
    [InlineData("http://127.0.0.1:10000/c/b?sig=x", Far, false)]
    [InlineData("https://127.0.0.1/c/b?sig=x", Far, false)]
    [InlineData("https://127.1/c/b?sig=x", Far, false)]
    [InlineData("https://2130706433/c/b?sig=x", Far, false)]
    [InlineData("https://localhost/c/b?sig=x", Far, false)]
    [InlineData("https://[::1]/c/b?sig=x", Far, false)]
    [InlineData("https://[::ffff:127.0.0.1]/c/b?sig=x", Far, false)]
    [InlineData("https://[::ffff:169.254.169.254]/c/b?sig=x", Far, false)]
    [InlineData("https://0.0.0.0/c/b?sig=x", Far, false)]
    [InlineData("https://[::]/c/b?sig=x", Far, false)]
    [InlineData("https://[fe80::1]/c/b?sig=x", Far, false)]
    [InlineData("https://169.254.169.254/metadata?sig=x", Far, false)]
    [InlineData("http://169.254.169.254/metadata?sig=x", Far, false)]
    [InlineData("file:///etc/passwd", Far, false)]
    [InlineData("ftp://account.test/c/b?sig=x", Far, false)]
    [InlineData("https://user:word@account.test/c/b?sig=x", Far, false)]
    [InlineData("http://127.0.0.1:10000/c/b?sig=x", Near, true)]
    [InlineData("http://localhost:10000/c/b?sig=x", Near, true)]
    [InlineData("https://account.blob.core.windows.net/c/b?sig=x", Near, true)]
    [InlineData("http://account.test/c/b?sig=x", Near, false)]
    [InlineData("file:///etc/passwd", Near, false)]
    public void An_address_is_taken_or_not(string address, string service, bool taken) =>
        Assert.Equal(taken, UploadAddress.Problem(new Uri(address), new Uri(service)) is null);

    [Fact]
    public async Task A_service_far_away_cannot_send_a_file_to_this_machine()
    {
        using RawServer target = RawServer.Always("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        using TempFile file = new(100);
        using MediaMagicClient client = new(TestClient.SandboxKey, new MediaMagicClientOptions
        {
            BaseUri = new Uri(Far),
            Handler = () => new Answers().Status(200, $$"""{"uploadUrl":"{{target.BaseUri}}c/b?sig=secret","blobPath":"w/clip.mp4"}"""),
        });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Files.UploadAsync(UploadFixture.Request(file.Path, UploadMethod.Presigned)));
        Assert.Equal(ErrorCode.InvalidResponse, failure.Error.Code);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, target.Connections);
    }
}
