using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>What a recommendation says of the one error beside what it says of all of its kind.</summary>
public sealed class AdviceTests
{
    [Theory]
    [InlineData(404, ErrorCode.NotFound, "Nothing was found at GET /submissions/s1/assets/a1. Do it.")]
    [InlineData(404, ErrorCode.AssetNotFinished, "Do it.")]
    [InlineData(409, ErrorCode.NotFound, "Do it.")]
    [InlineData(429, ErrorCode.RateLimited, "Do it.")]
    public void It_names_what_was_not_found(int status, string code, string advice)
    {
        ApiError error = new(new ErrorFacts
        {
            StatusCode = status,
            Code = code,
            Method = "GET",
            Uri = "https://api.test/api/integrations/submissions/s1/assets/a1",
            RecommendedAction = "Do it.",
        });
        Assert.Equal(advice, Advice.Of(error));
    }
}
