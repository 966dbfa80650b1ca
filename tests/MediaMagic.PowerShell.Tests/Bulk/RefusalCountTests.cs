using System.Linq;
using MediaMagic.Bulk;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Which rejections end a run, and how many of them it takes.</summary>
public sealed class RefusalCountTests
{
    [Theory]
    [InlineData(401, Delivery.Unknown, true)]
    [InlineData(402, Delivery.Unknown, true)]
    [InlineData(403, Delivery.Unknown, false)]
    [InlineData(404, Delivery.Unknown, false)]
    [InlineData(403, Delivery.Rejected, true)]
    public void Add_counts_a_rejection_after_an_unknown_create_only_when_the_key_is_the_trouble(int status, Delivery delivery, bool counts) =>
        Assert.Equal(counts, Ends(new RefusalCount(), NewError(Concern.Account, status, delivery)));

    [Theory]
    [InlineData(nameof(Concern.Account), true)]
    [InlineData(nameof(Concern.Request), true)]
    [InlineData(nameof(Concern.File), false)]
    [InlineData(nameof(Concern.Service), false)]
    public void Add_counts_what_concerns_the_request_or_the_account(string concern, bool counts) =>
        Assert.Equal(counts, Ends(new RefusalCount(), NewError(System.Enum.Parse<Concern>(concern), 400, Delivery.Rejected)));

    [Fact]
    public void Add_returns_true_again_after_the_fifth()
    {
        RefusalCount refusals = new();
        Assert.True(Ends(refusals, NewError(Concern.Request, 400, Delivery.Rejected)));
        Assert.True(refusals.Add(ApiEndpoint.SubmissionCreate, NewError(Concern.Request, 400, Delivery.Rejected)));
        refusals.Reset(ApiEndpoint.SubmissionCreate);
        Assert.False(refusals.Add(ApiEndpoint.SubmissionCreate, NewError(Concern.Request, 400, Delivery.Rejected)));
    }

    private static ApiError NewError(Concern concern, int status, Delivery delivery) =>
        LocalErrors.Stored(ErrorSystem.MediaMagic, status, ErrorCode.Forbidden, "No.", concern, delivery);

    // Whether the fifth is one too many, and no earlier one.
    private static bool Ends(RefusalCount refusals, ApiError error)
    {
        bool[] ends = [.. Enumerable.Range(0, 5).Select(_ => refusals.Add(ApiEndpoint.SubmissionCreate, error))];
        Assert.DoesNotContain(true, ends[..4]);
        return ends[4];
    }
}
