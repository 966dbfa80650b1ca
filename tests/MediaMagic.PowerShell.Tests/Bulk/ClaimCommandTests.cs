using System;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>The steps by which a run claims a file that the ledger has already. The rows are what the database would answer.</summary>
public sealed class ClaimCommandTests : IDisposable
{
    private const string Another = "another machine";
    private readonly LedgerOwner _owner = new(TimeProvider.System);

    public void Dispose() => _owner.Dispose();

    [Theory]
    [InlineData(false, 0L)]
    [InlineData(true, 1L)]
    public void Row_whose_lease_is_over_is_taken_over(bool retryFailed, long all)
    {
        LedgerStep step = Find(NewCommand(retryFailed), TestRow.Read(("state", LedgerState.Claimed), ("owner", Another), ("lease_until", 1L)))!;
        Assert.Equal(LedgerSql.TakeOver, step.Statement);
        Assert.Equal(_owner.Name, ValueOf(step, "gone"));
        Assert.Equal(all, ValueOf(step, "all"));
    }

    [Fact]
    public void Row_of_this_run_is_taken_over_although_its_lease_holds() =>
        Assert.Equal(LedgerSql.TakeOver, Find(NewCommand(), TestRow.Read(("state", LedgerState.Claimed), ("owner", _owner.Name)))!.Statement);

    [Theory]
    [InlineData(LedgerState.Claimed, 2000L)]
    [InlineData(LedgerState.Submitted, 0L)]
    [InlineData(LedgerState.Failed, 0L)]
    public async Task Row_that_is_not_free_is_left_alone(string state, long lease)
    {
        ClaimCommand command = NewCommand();
        LedgerRow row = TestRow.Read(("state", state), ("owner", Another), ("lease_until", lease));
        Assert.Null(Find(command, row));
        Assert.Equal(new LedgerClaim(false, row), await OutcomeAsync(command));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Claim_is_won_only_when_the_row_was_still_free(int changed)
    {
        ClaimCommand command = NewCommand();
        LedgerStep takeOver = Find(command, TestRow.Read(("state", LedgerState.Claimed), ("owner", Another), ("lease_until", 1L)))!;
        takeOver.Changed = changed;
        command.Continue(takeOver);
        LedgerRow row = TestRow.Read(("state", LedgerState.Claimed));
        Assert.Null(Find(command, row, LedgerSql.Find));
        Assert.Equal(new LedgerClaim(changed > 0, row), await OutcomeAsync(command));
    }

    private static object? ValueOf(LedgerStep step, string name) => step.Values[Array.IndexOf(step.Statement.Names, name)];

    private static Task<LedgerClaim> OutcomeAsync(ClaimCommand command)
    {
        command.Finish();
        return command.Done;
    }

    // Finds the row, and returns what comes next.
    private static LedgerStep? Find(ClaimCommand command, LedgerRow row, LedgerStatement? statement = null)
    {
        LedgerStep find = command.Next!;
        Assert.Equal(statement ?? LedgerSql.Match, find.Statement);
        find.Found.Add(row);
        command.Continue(find);
        return command.Next;
    }

    // A command that could not add a row.
    private ClaimCommand NewCommand(bool retryFailed = false)
    {
        ClaimCommand command = new(TestLedger.NewFile(1), TestLedger.Workspace, _owner, 1000, retryFailed);
        command.Begin();
        Assert.Equal(LedgerSql.Claim, command.Next!.Statement);
        command.Continue(command.Next);
        return command;
    }
}
