using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// A second fake of the service, written from the contract alone. It shares nothing with the simulator. The world decides the fate of so many
/// attempts to create a submission; everything else works.
/// </summary>
internal sealed class HostileService(Choices choices, ServiceState state, ProcessLife life, int depth, Tail tail)
{
    /// <summary>A key of the workspace.</summary>
    public const string Key = "sk_test_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>The key that takes its place.</summary>
    public const string NewKey = "sk_test_fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    private static readonly string[] s_blob = ["the blob is there", "the blob is gone"];
    private readonly Dictionary<string, string> _wanted = new(StringComparer.Ordinal);
    private bool _isChosen;

    /// <summary>Gets the base address of the service.</summary>
    public static Uri BaseUri { get; } = new("https://service.test/");

    /// <summary>Gets how many creates left the client.</summary>
    public int Creates { get; private set; }

    /// <summary>Answers an act of the process.</summary>
    public HostileAnswer Answer(Act act)
    {
        HostileAnswer answer = act.Kind == ActKind.Sends ? Begin() : AnswerOf(act.Call!);
        if (answer != HostileAnswer.GoOn)
        {
            life.See($"{act.Call?.Method ?? "POST"} {answer.Seen}");
        }

        return answer;
    }

    private HostileAnswer AnswerOf(HostileCall call)
    {
        if (call.Host == "storage.test")
        {
            state.Store(_wanted[call.Path.TrimStart('/')], call.Content!);
            return HostileAnswer.Put;
        }

        return (call.Method, call.Path) switch
        {
            _ when call.Key is not (Key or NewKey) => HostileAnswer.WrongKey,
            ("POST", "uploads/direct") => Store(call),
            ("POST", "uploads/url") => GiveAddress(call),
            ("POST", "submissions") => Create(call.Name!),
            ("GET", _) when call.Path.StartsWith("submissions/", StringComparison.Ordinal) => StatusOf(call.Path["submissions/".Length..]),
            _ => HostileAnswer.NotFound,
        };
    }

    private HostileAnswer Store(HostileCall call)
    {
        string blobPath = state.NameOf(call.Name!);
        state.Store(blobPath, call.Content!);
        return HostileAnswer.Stored(blobPath);
    }

    private HostileAnswer GiveAddress(HostileCall call)
    {
        string blobPath = state.NameOf(call.Name!);
        string id = (_wanted.Count + 1).ToString(CultureInfo.InvariantCulture);
        _wanted[id] = blobPath;
        return HostileAnswer.Address($"https://storage.test/{id}?sig=c2lnbmF0dXJl", blobPath);
    }

    // The beginning of a create: the connection.
    private HostileAnswer Begin()
    {
        _isChosen = state.Attempts < depth;
        if (!_isChosen && tail == Tail.Ends)
        {
            life.End();
            return HostileAnswer.GoOn;
        }

        Creates++;
        state.Attempts += _isChosen ? 1 : 0;
        return _isChosen && choices.Choose(Fates.OfSending) == Fate.NotSent ? HostileAnswer.NotSent : HostileAnswer.GoOn;
    }

    private HostileAnswer Create(string path)
    {
        Fate fate = _isChosen ? choices.Choose(Fates.Of(state.Holds(path), state.IsAccepted(path))) : Fate.Works;
        if (!_isChosen && tail == Tail.Asks && state.MayBeGone(path))
        {
            Look(path);
        }

        return Carry(fate, path);
    }

    // Whether a blob is still there matters only where the service looks for it, so the world decides it no sooner.
    private void Look(string path)
    {
        if (choices.Choose(s_blob) == s_blob[0])
        {
            state.Keep(path);
        }
        else
        {
            state.Lose(path);
        }
    }

    private HostileAnswer Carry(Fate fate, string path)
    {
        switch (fate)
        {
            case Fate.Works:
                return Accept(path);
            case Fate.NeverArrives:
                return HostileAnswer.Lost;
            case Fate.AnswerLost:
                Accept(path);
                return HostileAnswer.Lost;
            case Fate.Works500 or Fate.Works502:
                Accept(path);
                break;
        }

        return HostileAnswer.Of(fate);
    }

    private HostileAnswer Accept(string path)
    {
        if (!state.Holds(path))
        {
            return HostileAnswer.WrongPath;
        }

        return state.IsAccepted(path) ? HostileAnswer.Submitted : HostileAnswer.Created(state.Accept(path));
    }

    private HostileAnswer StatusOf(string id) =>
        state.Accepted.Any(acceptance => acceptance.SubmissionId == id) ? HostileAnswer.Complete(id) : HostileAnswer.Of(Fate.Refused404);
}
