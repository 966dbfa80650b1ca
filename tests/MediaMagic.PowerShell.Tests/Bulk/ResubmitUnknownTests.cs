using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>The way out of a create that nothing settles.</summary>
public sealed class ResubmitUnknownTests(PostgresServer postgres) : ServiceTest(postgres)
{
    private const int Many = 40;

    [Theory, SqliteData, PostgresData]
    public async Task ResubmitUnknown_submits_a_file_under_another_name_when_its_create_stays_unknown(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [Add("claim.txt")];
        SubmitResult unknown = await LeaveUnknownAsync(ledger, files);
        SubmitResult result = AssertOnly(SubmitState.Submitted, await RunAsync(ledger, files, Resubmit));
        Assert.NotNull(result.SubmissionId);
        Assert.NotEqual(unknown.BlobPath, result.BlobPath);
        Assert.Equal([unknown.BlobPath!, result.BlobPath!], Service.Accepted.Select(static asset => asset.BlobPath));
        Assert.Equal(["Submitted|0|3"], await TestLedger.AskAsync(ledger, "select state, sending, delivery from mediamagic_assets"));
        AssertOnly(SubmitState.Skipped, await RunAsync(ledger, files, Resubmit));
        Assert.Equal(2, Service.Accepted.Count);
    }

    [Fact]
    public async Task ResubmitUnknown_submits_nothing_again_when_the_service_settles_the_create()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = [Add("claim.txt")];
        Service.Afterwards = static call => call == ContractService.Create ? ContractAnswers.Lost() : null;
        Service.Instead = call => call == ContractService.Create && Service.Created.Count > 1 ? ContractAnswers.Lost() : null;
        AssertOnly(SubmitState.Unknown, await RunAsync(ledger, files));
        (Service.Afterwards, Service.Instead) = (null, null);
        AssertOnly(SubmitState.Submitted, await RunAsync(ledger, files, Resubmit));
        Assert.Single(Service.Accepted);
        Assert.Single(Service.Created.Distinct());
    }

    [Fact]
    public async Task ResubmitUnknown_leaves_alone_what_failed_and_what_is_submitted()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = [Add("rejected.txt"), Add("submitted.txt")];
        Service.Instead = static call => call == ContractService.Create ? ContractAnswers.Problem(415, "Unsupported content type") : null;
        AssertOnly(SubmitState.Failed, await RunAsync(ledger, files[..1]));
        Service.Instead = null;
        AssertOnly(SubmitState.Submitted, await RunAsync(ledger, files[1..]));
        int calls = Service.Calls.Count;
        Assert.Equal([SubmitState.Failed, SubmitState.Skipped], (await RunAsync(ledger, files, Resubmit)).Select(static result => result.State!).Order());
        Assert.Equal(calls, Service.Calls.Count);
    }

    [Fact]
    public async Task ResubmitUnknown_begins_anew_once_when_the_service_answers_no_create()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = [Add("claim.txt")];
        await LeaveUnknownAsync(ledger, files);
        int before = Service.Created.Count;

        // It answers at last, or a run that never gives up would never end.
        Service.Instead = call => call == ContractService.Create && Service.Created.Count < before + Many ? ContractAnswers.Lost() : null;
        AssertOnly(SubmitState.Unknown, await RunAsync(ledger, files, Resubmit));
        Assert.Equal(2, Service.Created.Distinct().Count());
        Assert.Single(Service.Accepted);
    }

    private static void Resubmit(BulkOptions options) => options.ResubmitUnknown = true;

    // The service accepts the first create, loses its answer, and keeps no blob that it has accepted: no repeat settles it.
    private async Task<SubmitResult> LeaveUnknownAsync(string ledger, string[] files)
    {
        Service.ConsumesBlobs = true;
        Service.Afterwards = LoseFirst;
        return AssertOnly(SubmitState.Unknown, await RunAsync(ledger, files));
    }

    private HttpResponseMessage? LoseFirst(string call) => call == ContractService.Create && Service.Created.Count == 1 ? ContractAnswers.Lost() : null;
}
