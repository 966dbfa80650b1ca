using System;
using System.Text;
using System.Threading.Tasks;
using MediaMagic.Tests.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Security;

/// <summary>Requests whose end two readers would see at different places: refused, with nothing behind them served, signed as it may be.</summary>
public sealed class SmugglingTests
{
    [Theory]
    [InlineData("Content-Length: 0\r\nContent-Length: {0}")]
    [InlineData("Content-Length: {0}\r\nContent-Length: 0")]
    [InlineData("Content-Length: 0, {0}")]
    [InlineData("Content-Length: 0\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 0")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")]
    [InlineData("Transfer-Encoding: identity, chunked")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Transfer-Encoding: \"chunked\"")]
    [InlineData("Transfer-Encoding : chunked")]
    [InlineData("Content-Length: 0\r\n Transfer-Encoding: chunked")]
    [InlineData("Content-Length: 0\nTransfer-Encoding: chunked")]
    [InlineData("Content-Length: 0\rX: y")]
    [InlineData("Content-Length: 0x0")]
    [InlineData("Content-Length: +0")]
    [InlineData("Content-Length: -0")]
    [InlineData("Content-Length: 0 0")]
    [InlineData("Content-Length: 0000000000000000")]
    [InlineData("Content-Length: \u00b2")]
    [InlineData("X: y")]
    public async Task Nothing_behind_a_request_without_a_certain_end_is_served(string lengths)
    {
        using TestListener listener = new();
        byte[] hidden = listener.Sign("hidden").Request();
        using RawClient client = await listener.ConnectAsync();
        await client.SendAsync([.. Encoding.Latin1.GetBytes($"POST / HTTP/1.1\r\nHost: me\r\n{lengths.Replace("{0}", $"{hidden.Length}", StringComparison.Ordinal)}\r\n\r\n"), .. hidden]);
        Assert.InRange(await client.ReadStatusAsync(), 400, 599);
        client.Finish();
        Assert.Equal(0, await client.ReadStatusAsync());
        Assert.Empty(await listener.TakeAllAsync());
    }

    [Theory]
    [InlineData("0\r\n\r\n", true)]
    [InlineData("0 \r\n\r\n", true)]
    [InlineData("00\r\n\r\n", true)]
    [InlineData("0\n\n", false)]
    [InlineData("0;a=b\r\nTrailer: x\r\n\r\n", true)]
    [InlineData("0;\n\r\n\r\n", false)]
    [InlineData("0\r\nTrailer: x\n\r\n\r\n", false)]
    [InlineData(" 0\r\n\r\n", false)]
    [InlineData("0x0\r\n\r\n", false)]
    [InlineData("-0\r\n\r\n", false)]
    [InlineData("100000000\r\n\r\n", false)]
    [InlineData("1\r\n{0\r\n\r\n", false)]
    public async Task A_body_in_chunks_ends_where_every_reader_sees_its_end_or_nowhere(string chunks, bool ends)
    {
        using TestListener listener = new();
        byte[] hidden = listener.Sign("behind").Request();
        using RawClient client = await listener.ConnectAsync();
        await client.SendAsync([.. Encoding.Latin1.GetBytes($"POST / HTTP/1.1\r\nHost: me\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"), .. hidden]);
        Assert.Equal(ends ? 401 : 400, await client.ReadStatusAsync());
        client.Finish();
        Assert.Equal(ends ? 204 : 0, await client.ReadStatusAsync());
        Assert.Equal(ends ? 1 : 0, (await listener.TakeAllAsync()).Count);
    }
}
