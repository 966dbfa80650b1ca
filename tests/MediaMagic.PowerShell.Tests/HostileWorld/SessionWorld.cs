using System;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// A world without a ledger: one session, in which a user submits an uploaded file, and again as long as the outcome asks for it. After an
/// unknown outcome the user forces the repeat.
/// </summary>
internal sealed class SessionWorld(Choices choices, int depth)
{
    private const string Content = "content";
    private readonly ServiceState _state = new(Naming.AsAsked);

    /// <summary>Goes through the world. The listener gets what the user can know after each call, whether the outcome is unknown, and whether the service has the file.</summary>
    public async Task<string?> RunAsync(Action<string, bool, bool> listener)
    {
        string path = _state.NameOf("file.txt");
        _state.Store(path, Content);
        ProcessLife life = new(choices, _state, ledger: null, mayEnd: false, wasDropped: false);
        HostileService service = new(choices, _state, life, depth, Tail.Asks);
        using HostileHandler network = new(service.Answer);
        using MediaMagicClient client = HostileProcess.NewClient(network, HostileService.Key);
        for (Delivery told = Delivery.NotSent; ;)
        {
            bool isLast = _state.Attempts >= depth;
            life.See(told == Delivery.Unknown ? "forced" : "asked");
            told = await CreateAsync(client, path, force: told == Delivery.Unknown);
            listener(life.Seen, told == Delivery.Unknown, _state.Accepted.Count > 0);
            if (ProblemOf(told, path, isLast) is string problem)
            {
                return $"{problem} {choices.Path}. Seen: {life.Seen}";
            }

            if (told is Delivery.Accepted or Delivery.Unknown && await RepeatAsync(client, service, path, told) is string repeated)
            {
                return $"{repeated} {choices.Path}. Seen: {life.Seen}";
            }

            if (isLast || told == Delivery.Accepted)
            {
                return null;
            }
        }
    }

    private string? ProblemOf(Delivery told, string path, bool isLast)
    {
        int accepted = _state.Accepted.Count;
        return told switch
        {
            _ when accepted > 1 => "The file was accepted twice.",
            Delivery.Accepted when accepted == 0 => "Accepted, but the service does not have it.",
            Delivery.Rejected or Delivery.NotSent when accepted > 0 => $"{told}, but the service has it.",
            not Delivery.Accepted when isLast && _state.Holds(path) => $"A healthy service leaves it {told}.",
            _ => null,
        };
    }

    // Without force, the session sends nothing again that was accepted or may have been. By force, an accepted file stays accepted.
    private async Task<string?> RepeatAsync(MediaMagicClient client, HostileService service, string path, Delivery told)
    {
        int creates = service.Creates;
        Delivery repeated = await CreateAsync(client, path, force: false);
        if (repeated != told || service.Creates != creates)
        {
            return $"{told}, and then {repeated} without force, after {service.Creates - creates} creates.";
        }

        if (told == Delivery.Accepted && _state.Attempts >= depth)
        {
            Delivery forced = await CreateAsync(client, path, force: true);
            return forced == Delivery.Accepted && _state.Accepted.Count == 1 ? null : $"Accepted, and then {forced} by force.";
        }

        return null;
    }

    private static async Task<Delivery> CreateAsync(MediaMagicClient client, string path, bool force)
    {
        try
        {
            await client.Submissions.CreateAsync(new NewSubmission(path) { Force = force });
            return Delivery.Accepted;
        }
        catch (MediaMagicException failure)
        {
            return failure.Delivery;
        }
    }
}
