using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// Explores every world up to a depth, which is the number of attempts to create a submission, and compares what users are told with what the
/// service accepted.
/// </summary>
public sealed class HostileWorldTests(ITestOutputHelper output) : IDisposable
{
    private const int MinWorlds = 50_000;
    private const int UsualDepth = 3;
    private readonly string _folder = LedgerFile.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Bulk_run_tells_the_truth_in_every_world()
    {
        int depth = WorldDepth.Of(UsualDepth);
        long worlds = 0;
        foreach (Naming naming in Enum.GetValues<Naming>())
        {
            // One of the names goes through the service, and the other straight to storage.
            string name = naming == Naming.Unique ? "summer-sale.txt" : "Summer sale.txt";
            worlds += (await ExploreAsync(new WorldRules(naming, depth, Write(name)))).Worlds;
        }

        Assert.True(worlds >= MinWorlds || depth < UsualDepth, $"Only {worlds} worlds were explored.");
    }

    [Theory]
    [InlineData(Naming.AsAsked)]
    [InlineData(Naming.Sanitised)]
    [InlineData(Naming.Unique)]
    public Task Bulk_run_keeps_files_apart_in_every_world_when_their_names_fold_together(Naming naming) =>
        ExploreAsync(new WorldRules(naming, WorldDepth.Of(1), Write("a_b.txt", "a b.txt")));

    [Theory]
    [InlineData(Naming.AsAsked)]
    [InlineData(Naming.Unique)]
    public Task Two_processes_on_one_ledger_tell_the_truth_in_every_order(Naming naming)
    {
        InterleavedRun.ReserveThreads();
        return ExploreAsync(new WorldRules(naming, WorldDepth.Of(1), Write("Summer sale.txt")) { Switches = WorldDepth.IsSoak ? 2 : 1 });
    }

    [Fact]
    public Task Session_without_a_ledger_tells_the_truth_in_every_world()
    {
        int depth = WorldDepth.Of(UsualDepth);
        return WalkAsync("New-MMSubmission", (choices, listener) => new SessionWorld(choices, depth).RunAsync(listener));
    }

    [Theory]
    [InlineData(Naming.AsAsked)]
    [InlineData(Naming.Unique)]
    public Task Bulk_runs_without_a_ledger_tell_the_truth_in_every_world_of_a_session(Naming naming)
    {
        WorldRules rules = new(naming, WorldDepth.Of(2), Write("Summer sale.txt"));
        return WalkAsync($"Submit-MMFile, {naming}", (choices, listener) => new SessionRunWorld(choices, rules).RunAsync(listener));
    }

    [Theory]
    [InlineData(nameof(Flaw.AlwaysUnknown), "the answers tell the outcome", "nothing is settled")]
    [InlineData(nameof(Flaw.TrustsLastRefusal), "but the service has it", "accepted twice")]
    public async Task Checker_finds_the_flaw_when_the_product_has_one(string flaw, string finding, string otherFinding)
    {
        WorldRules rules = new(Naming.AsAsked, 2, Write("Summer sale.txt")) { Flaw = Enum.Parse<Flaw>(flaw) };
        string problem = (await new Explorer(rules).RunAsync()).Problem ?? "none";
        Assert.True(problem.Contains(finding, StringComparison.Ordinal) || problem.Contains(otherFinding, StringComparison.Ordinal), problem);
        output.WriteLine(problem);
    }

    private async Task<Exploration> ExploreAsync(WorldRules rules)
    {
        Exploration found = await new Explorer(rules).RunAsync();
        Assert.True(found.Problem is null, found.Problem);
        output.WriteLine($"{rules.Naming}, {rules.Contents.Count} files, {rules.Depth} attempts: {found}");
        return found;
    }

    // A session remembers what no ledger holds, so each of its worlds begins anew.
    private async Task WalkAsync(string what, Func<Choices, Action<string, bool, bool>, Task<string?>> world)
    {
        Choices choices = new([]);
        Dictionary<string, (bool None, bool One)> truths = new(StringComparer.Ordinal);
        HashSet<string> unknown = new(StringComparer.Ordinal);
        int worlds = 0;
        do
        {
            string? problem = await world(choices, (seen, isUnknown, isAccepted) =>
            {
                (bool none, bool one) = truths.GetValueOrDefault(seen);
                truths[seen] = (none || !isAccepted, one || isAccepted);
                if (isUnknown)
                {
                    unknown.Add(seen);
                }
            });
            Assert.True(problem is null, problem);
            worlds++;
        }
        while (choices.MoveNext());

        // "Unknown" is the truth only where the answers leave both open.
        Assert.All(unknown, seen => Assert.True(truths[seen] is { None: true, One: true }, seen));
        output.WriteLine($"{what} without a ledger: {worlds:N0} worlds explored, {unknown.Count:N0} sequences of answers leave the outcome unknown");
    }

    private Dictionary<string, string> Write(params string[] names) => names.ToDictionary(name => Path.Combine(_folder, name), name =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes($"A claim that wants proof: {name}.");
        File.WriteAllBytes(Path.Combine(_folder, name), bytes);
        return Convert.ToHexString(SHA256.HashData(bytes));
    });
}
