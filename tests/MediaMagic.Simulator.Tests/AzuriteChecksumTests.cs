using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using MediaMagic.Tests.Transfer;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Sends the same requests to the simulator and to a real storage emulator, and compares the answers.</summary>
public sealed class AzuriteChecksumTests(Azurite azurite) : SimulatorTest, IClassFixture<Azurite>
{
    private const string Block = "&comp=block&blockid=MDAw";
    private const string WrongMd5 = "AAAAAAAAAAAAAAAAAAAAAA==";
    private const string WrongCrc64 = "AAAAAAAAAAA=";
    private static readonly byte[] s_content = Encoding.ASCII.GetBytes("123456789");
    private static readonly string?[] s_md5s = [null, Convert.ToBase64String(Md5.HashData(s_content)), WrongMd5, "AAAA", "no base64", ""];
    private static readonly string?[] s_crc64s = [null, "iJh5CoYUi64=", WrongCrc64, "AAAAAAAAAAAA", "AAAA", "no base64", ""];

    [AzuriteFact]
    public async Task Put_blob_answers_like_the_emulator() => await CompareAsync("blob.mp4", string.Empty);

    [AzuriteFact]
    public async Task Put_block_answers_like_the_emulator() => await CompareAsync("block.mp4", Block);

    [AzuriteFact]
    public async Task The_CRC64_of_a_block_is_that_of_the_emulator()
    {
        (string url, _) = await UploadUrlAsync("crc.mp4");
        string emulator = azurite.Sign("crc.mp4").AbsoluteUri;
        foreach (int length in new[] { 0, 1, 8, 255, 256, 100_003 })
        {
            byte[] content = new byte[length];
            new Random(length).NextBytes(content);
            Answer ours = await SendAsync(url + Block, content, []);
            Answer theirs = await SendAsync(emulator + Block, content, []);
            Assert.Equal(theirs.Headers["x-ms-content-crc64"], ours.Headers["x-ms-content-crc64"]);
        }
    }

    private async Task CompareAsync(string name, string operation)
    {
        (string url, _) = await UploadUrlAsync(name);
        string emulator = azurite.Sign(name).AbsoluteUri + operation;
        foreach (Dictionary<string, string> headers in Combinations())
        {
            Answer ours = await SendAsync(url + operation, s_content, headers);
            Answer theirs = await SendAsync(emulator, s_content, headers);
            string request = string.Join(", ", headers);
            Assert.Equal((request, theirs.Status, theirs.ErrorCode), (request, ours.Status, ours.ErrorCode));

            // The emulator leaves out some of the checksums that Azure returns.
            foreach (string header in new[] { "Content-MD5", "x-ms-content-crc64" })
            {
                if (theirs.Headers.TryGetValue(header, out string? value))
                {
                    Assert.Equal((request, value), (request, ours.Headers[header]));
                }
            }
        }
    }

    private static IEnumerable<Dictionary<string, string>> Combinations()
    {
        foreach (string? md5 in s_md5s)
        {
            foreach (string? blobMd5 in s_md5s)
            {
                foreach (string? crc64 in s_crc64s)
                {
                    Dictionary<string, string> headers = [];
                    Add(headers, "Content-MD5", md5);
                    Add(headers, "x-ms-blob-content-md5", blobMd5);
                    Add(headers, "x-ms-content-crc64", crc64);
                    yield return headers;
                }
            }
        }
    }

    private static void Add(Dictionary<string, string> headers, string name, string? value)
    {
        if (value is not null)
        {
            headers[name] = value;
        }
    }

    private Task<Answer> SendAsync(string url, byte[] body, Dictionary<string, string> headers) =>
        PutAsync(url, body, url.Contains("&comp=", StringComparison.Ordinal) ? null : "BlockBlob", request =>
        {
            // The emulator expects a content type.
            request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
            foreach (KeyValuePair<string, string> header in headers)
            {
                if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value))
                {
                    request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
                }
            }
        });
}
