using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.IO;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>How long a name stays reserved, and for which files.</summary>
public sealed class ReservationClaimTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Reservations _reservations = new(PathIdentity.Default);

    public static IEnumerable<object[]> Ends =>
    [
        [new MediaMagicException(Refused(Delivery.Rejected)), false],
        [new MediaMagicException(Refused(Delivery.NotSent)), false],
        [new MediaMagicException(Refused(Delivery.Unknown)), true],
        [new MediaMagicException(Refused(Delivery.Accepted)), true],
        [new RequestCanceledException(Delivery.NotSent, null, default), false],
        [new RequestCanceledException(Delivery.Unknown, null, default), true],
    ];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task FillAsync_keeps_the_name_if_the_file_may_be_there(Exception end, bool kept)
    {
        using (Reservations.Claim claim = await ReserveAsync("a.txt", Write("first", 1)))
        {
            Assert.Same(end, await Assert.ThrowsAnyAsync<Exception>(() => claim.FillAsync(Task.FromException<bool>(end))));
        }

        await AssertReservedAsync(kept);
    }

    [Fact]
    public async Task FillAsync_keeps_the_name_when_the_file_is_there()
    {
        using (Reservations.Claim claim = await ReserveAsync("a.txt", Write("first", 1)))
        {
            await claim.FillAsync(Task.FromResult(true));
        }

        await AssertReservedAsync(true);
    }

    [Fact]
    public async Task Dispose_gives_the_name_back_when_the_last_upload_of_the_file_ends()
    {
        KnownFile file = Write("first", 1);
        Reservations.Claim first = await ReserveAsync("a.txt", file);
        Reservations.Claim second = await ReserveAsync("A.txt", file);
        first.Dispose();
        await AssertReservedAsync(true);
        second.Dispose();
        await AssertReservedAsync(false);
    }

    [Fact]
    public async Task Dispose_keeps_the_name_when_one_upload_of_the_file_succeeded()
    {
        KnownFile file = Write("first", 1);
        Reservations.Claim first = await ReserveAsync("a.txt", file);
        Reservations.Claim second = await ReserveAsync("a.txt", file);
        first.Keep();
        first.Dispose();
        second.Dispose();
        await AssertReservedAsync(true);
    }

    [Fact]
    public async Task ReserveAsync_tells_equal_content_when_the_first_file_is_gone()
    {
        KnownFile first = Write("first", 1);
        using Reservations.Claim claim = await ReserveAsync("a.txt", first);
        File.Delete(first.Identity.Path);
        using Reservations.Claim same = await ReserveAsync("a.txt", Write("third", 1));
        await AssertReservedAsync(true);
    }

    [Fact]
    public async Task ReservePathAsync_does_not_take_a_name_for_a_path()
    {
        using Reservations.Claim name = await ReserveAsync("a.txt", Write("first", 1));
        using Reservations.Claim path = await _reservations.ReservePathAsync("a.txt", Write("second", 2), CancellationToken.None);
        await AssertReservedAsync(true);
    }

    [Fact]
    public async Task Settle_goes_by_the_last_content_of_a_blob_path()
    {
        _reservations.Settle("a.txt", "w/a.txt", Write("first", 1).Hash!);
        _reservations.Settle("b.txt", "w/a.txt", Write("second", 2).Hash!);
        using Reservations.Claim path = await _reservations.ReservePathAsync("w/a.txt", Write("third", 2), CancellationToken.None);
        await AssertReservedAsync(true);
    }

    public void Dispose() => _folder.Dispose();

    private static ApiError Refused(Delivery delivery) => new(new ErrorFacts { Delivery = delivery });

    private KnownFile Write(string name, byte content)
    {
        ContentDigest digest = ContentDigest.Of(_folder.Write(name, [content, content, content]), CancellationToken.None);
        return new KnownFile(digest.Identity, digest.Hash);
    }

    private Task<Reservations.Claim> ReserveAsync(string name, KnownFile file) => _reservations.ReserveNameAsync(name, file, CancellationToken.None);

    // Whether other content may have the name.
    private async Task AssertReservedAsync(bool reserved)
    {
        KnownFile other = Write("other", 9);
        if (reserved)
        {
            MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => ReserveAsync("a.txt", other));
            Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
            return;
        }

        using Reservations.Claim claim = await ReserveAsync("a.txt", other);
    }
}
