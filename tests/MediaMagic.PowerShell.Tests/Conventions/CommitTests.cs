using Xunit;

namespace MediaMagic.Tests.Conventions;

/// <summary>What holds for every commit.</summary>
public sealed class CommitTests
{
    private const int MaxSubject = 72;

    [HistoryFact]
    public void Commits_have_short_subjects_and_one_parent() => Assert.DoesNotContain(HistoryFactAttribute.Commits, IsWrong);

    [Theory]
    [InlineData("1a2b3c4|Read the log", false)]
    [InlineData("1a2b3c4 5d6e7f8|Merge branch 'x'", true)]
    [InlineData("1a2b3c4|A subject that tells the whole story of the change in more than 72 letters", true)]
    public void A_commit_against_the_rules_is_found(string commit, bool wrong) => Assert.Equal(wrong, IsWrong(commit));

    private static bool IsWrong(string commit)
    {
        string[] parts = commit.Split('|', 2);
        return parts[0].Contains(' ') || parts[1].Length > MaxSubject;
    }
}
