using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Tests.Bulk;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>Something on the way to storage cannot be asked before a body is sent.</summary>
public sealed class ExpectationTests
{
    private const int Blocks = 2;
    private const int BlockSize = 1024;

    [Fact]
    public async Task Blocks_that_are_refused_together_for_asking_first_all_go_without()
    {
        using ContractService service = new();
        using TempFile file = new(Blocks * BlockSize);
        using MediaMagicClient client = service.NewClient(change: options => options.StorageHandler = () => new Proxy(service));
        client.Transfer.Limits = new TransferOptions { DirectLimit = 0, BlocksFrom = 0 + 1 };
        UploadRequest request = new() { Path = file.Path, ContentType = "video/mp4", Method = UploadMethod.Presigned, BlockSizeBytes = BlockSize };
        Upload upload = await client.Files.UploadAsync(request).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(Blocks, upload.BlockCount);
        Assert.Equal([upload.BlobPath!], service.Blobs);
    }

    // It answers 503 to the first attempts at all blocks together, and 417 to the second ones, which ask first.
    private sealed class Proxy(HttpMessageHandler service) : DelegatingHandler(service)
    {
        private readonly TaskCompletionSource[] _all = [new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously)];
        private readonly int[] _arrived = new int[2];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            int round = request.Headers.ExpectContinue == true ? 1 : 0;
            if (!request.RequestUri!.Query.Contains("comp=block&", StringComparison.Ordinal) || Interlocked.Increment(ref _arrived[round]) > Blocks)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            if (Volatile.Read(ref _arrived[round]) == Blocks)
            {
                _all[round].TrySetResult();
            }

            await _all[round].Task.WaitAsync(cancellationToken);
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage(round == 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.ExpectationFailed);
        }
    }
}
