using System;
using System.Collections.Generic;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MediaMagic.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Webhooks;

/// <summary>Events out of bodies, whatever is missing or new.</summary>
public sealed class EventReaderTests
{
    [Fact]
    public void The_envelope_is_read_whole()
    {
        WebhookEvent read = Read("""
            {"id":"evt_1","type":"asset.processing.failed","timestamp":"2026-06-03T12:00:00Z","attempt":2,
             "data":{"submission_id":"s1","asset_id":"a1","status":"failed","error_message":"No sound","more":{"x":[1,2]}}}
            """)!;
        Assert.Equal(("evt_1", "asset.processing.failed", "s1", "a1"), (read.Id, read.Type, read.SubmissionId, read.AssetId));
        Assert.Equal(new DateTimeOffset(2026, 6, 3, 12, 0, 0, TimeSpan.Zero), read.Timestamp);
        Assert.Equal("No sound", read.Data!["error_message"]);
        Assert.Equal([1L, 2L], (object[])((Dictionary<string, object?>)read.Data["more"]!)["x"]!);
        Assert.Equal(new Dictionary<string, object?> { ["attempt"] = 2L }, read.AdditionalProperties);
    }

    [Fact]
    public void The_headers_stand_in_for_what_is_missing_and_decide_on_the_id()
    {
        WebhookEvent bare = Read("{}", "msg_1", "1780488000")!;
        Assert.Equal("msg_1", bare.Id);
        Assert.Equal(new DateTimeOffset(2026, 6, 3, 12, 0, 0, TimeSpan.Zero), bare.Timestamp);
        Assert.Null(bare.Data);

        WebhookEvent other = Read("""{"id":"evt_1"}""", "msg_1")!;
        Assert.Equal("msg_1", other.Id);
        Assert.Equal("evt_1", other.AdditionalProperties["id"]);
    }

    [Theory]
    [InlineData("""{"timestamp":1780488000}""")]
    [InlineData("""{"timestamp":1780488000.0}""")]
    [InlineData("""{"timestamp":"1780488000"}""")]
    [InlineData("""{"timestamp":"2026-06-03T14:00:00+02:00"}""")]
    [InlineData("""{"timestamp":"2026-06-03T12:00:00"}""")]
    public void A_moment_comes_in_many_forms(string body) =>
        Assert.Equal(new DateTimeOffset(2026, 6, 3, 12, 0, 0, TimeSpan.Zero), Read(body)!.Timestamp);

    [Fact]
    public void Names_may_be_written_otherwise_and_stand_outside_the_data()
    {
        Assert.Equal("s1", Read("""{"data":{"submissionId":"s1"}}""")!.SubmissionId);
        Assert.Equal("s1", Read("""{"submission_id":"s1"}""")!.SubmissionId);
        Assert.Equal("7", Read("""{"data":{"asset_id":7}}""")!.AssetId);
        WebhookEvent odd = Read("""{"type":{"a":1},"timestamp":"soon","data":[1]}""")!;
        Assert.Null(odd.Type);
        Assert.Null(odd.Timestamp);
        Assert.Equal(["data", "timestamp", "type"], System.Linq.Enumerable.Order(odd.AdditionalProperties.Keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"id\":\"x\"")]
    [InlineData("{} {}")]
    [InlineData("a=b")]
    public void What_is_no_object_is_no_event(string body) => Assert.Null(Read(body));

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Null(Read(string.Concat(System.Linq.Enumerable.Repeat("{\"a\":", 10_000))));

    [Fact]
    public void A_mark_at_the_start_is_skipped() => Assert.Equal("x", EventReader.Read([0xEF, 0xBB, 0xBF, .. "{\"id\":\"x\"}"u8], null, null)!.Id);

    [Fact]
    public void Random_bytes_are_survived()
    {
        Gen<byte[]> anything = Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf();
        Gen<byte[]> nearly = Gen.Elements("{}[]\":,\\ud8 idtypemsan0159.eE-+".ToCharArray()).ArrayOf()
            .Select(static chars => Encoding.UTF8.GetBytes("{\"id\":" + new string(chars)));
        Property.Check(Gen.OneOf(anything, nearly), static body => { _ = EventReader.Read(body, null, null)?.ToString(); }, 5000);
    }

    private static WebhookEvent? Read(string body, string? id = null, string? sentAt = null) => EventReader.Read(Encoding.UTF8.GetBytes(body), id, sentAt);
}
