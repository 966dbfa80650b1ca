using System;
using System.Collections.Generic;
using System.Linq;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>What the attempts of a request say together.</summary>
public sealed class DeliveriesTests
{
    private static readonly int[] s_rejections = [400, 401, 402, 403, 404, 409, 413, 415, 422, 429];

    [Theory]
    [InlineData(Delivery.NotSent, Delivery.NotSent, Delivery.NotSent)]
    [InlineData(Delivery.NotSent, Delivery.Rejected, Delivery.Rejected)]
    [InlineData(Delivery.NotSent, Delivery.Unknown, Delivery.Unknown)]
    [InlineData(Delivery.NotSent, Delivery.Accepted, Delivery.Accepted)]
    [InlineData(Delivery.Rejected, Delivery.NotSent, Delivery.Rejected)]
    [InlineData(Delivery.Rejected, Delivery.Rejected, Delivery.Rejected)]
    [InlineData(Delivery.Rejected, Delivery.Unknown, Delivery.Unknown)]
    [InlineData(Delivery.Rejected, Delivery.Accepted, Delivery.Accepted)]
    [InlineData(Delivery.Unknown, Delivery.NotSent, Delivery.Unknown)]
    [InlineData(Delivery.Unknown, Delivery.Rejected, Delivery.Unknown)]
    [InlineData(Delivery.Unknown, Delivery.Unknown, Delivery.Unknown)]
    [InlineData(Delivery.Unknown, Delivery.Accepted, Delivery.Accepted)]
    [InlineData(Delivery.Accepted, Delivery.NotSent, Delivery.Accepted)]
    [InlineData(Delivery.Accepted, Delivery.Rejected, Delivery.Accepted)]
    [InlineData(Delivery.Accepted, Delivery.Unknown, Delivery.Accepted)]
    [InlineData(Delivery.Accepted, Delivery.Accepted, Delivery.Accepted)]
    public void Then_leaves_unknown_only_when_an_attempt_is_accepted(Delivery before, Delivery attempt, Delivery after) =>
        Assert.Equal(after, before.Then(attempt));

    [Fact]
    public void Then_does_not_depend_on_the_order_of_the_attempts()
    {
        foreach (Delivery[] attempts in Sequences(4))
        {
            Delivery expected = attempts.Contains(Delivery.Accepted) ? Delivery.Accepted
                : attempts.Contains(Delivery.Unknown) ? Delivery.Unknown
                : attempts.Contains(Delivery.Rejected) ? Delivery.Rejected
                : Delivery.NotSent;
            Assert.Equal(expected, attempts.Aggregate(Delivery.NotSent, static (before, attempt) => before.Then(attempt)));
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData(null)]
    public void Of_returns_rejected_only_for_the_statuses_of_the_contract(string? method)
    {
        foreach (int status in Enumerable.Range(-1, 1002))
        {
            Delivery expected = status is >= 200 and < 300 ? Delivery.Accepted : s_rejections.Contains(status) ? Delivery.Rejected : Delivery.Unknown;
            Assert.True(expected == Deliveries.Of(status, method), $"{method} {status}");
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public void Of_never_returns_unknown_when_the_request_only_reads(string method)
    {
        Assert.DoesNotContain(Enumerable.Range(-1, 1002), status => Deliveries.Of(status, method) == Delivery.Unknown);
        Assert.Equal(Delivery.Rejected, Deliveries.Lost(method));
    }

    [Fact]
    public void Lost_returns_unknown_when_the_request_writes() => Assert.Equal(Delivery.Unknown, Deliveries.Lost("POST"));

    [Fact]
    public void Of_an_exception_returns_what_the_exception_carries()
    {
        MediaMagicException unknown = new(LocalErrors.SubmissionOutcomeUnknown(["w/a.mp4"], "the answer was lost"));
        Assert.Equal((Delivery.Unknown, Delivery.Unknown, true), (Deliveries.Of(unknown), unknown.Delivery, unknown.Error.OutcomeUnknown));
        Assert.Equal(Delivery.Unknown, Deliveries.Of(new RequestCanceledException(Delivery.Unknown, null, default)));
        Assert.Equal(Delivery.Rejected, Deliveries.Of(new RequestCanceledException(Delivery.Rejected, null, default)));
        Assert.Equal(Delivery.NotSent, Deliveries.Of(new OperationCanceledException()));
        Assert.Equal(Delivery.NotSent, Deliveries.Of(new ArgumentException("A submission needs at least one asset.")));
    }

    [Theory]
    [InlineData(409, Delivery.Rejected)]
    [InlineData(429, Delivery.Rejected)]
    [InlineData(408, Delivery.Unknown)]
    [InlineData(499, Delivery.Unknown)]
    [InlineData(302, Delivery.Unknown)]
    [InlineData(503, Delivery.Unknown)]
    public void Error_of_a_single_answer_carries_its_delivery_whatever_the_body(int status, Delivery delivery)
    {
        foreach (string body in (string[])["", "<html><title>Sorry</title></html>", """{"detail":"Something"}""", """{"error":{"code":"invalid_request"}}"""])
        {
            ApiError error = Answers.Read(status, body, new ErrorContext { Method = "POST", Endpoint = ApiEndpoint.SubmissionCreate });
            Assert.Equal((delivery, delivery == Delivery.Unknown), (error.Delivery, error.OutcomeUnknown));
        }
    }

    private static IEnumerable<Delivery[]> Sequences(int length) => length == 0
        ? [[]]
        : Sequences(length - 1).SelectMany(static head => Enum.GetValues<Delivery>().Select(last => (Delivery[])[.. head, last]));
}
