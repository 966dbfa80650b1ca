using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using MediaMagic.Client;
using MediaMagic.Simulator;
using Xunit;

namespace MediaMagic.Tests.Conventions;

/// <summary>The arrows of docs/architecture.md: which room of the module names which.</summary>
public sealed class ArrowTests
{
    private const string PowerShell = "System.Management.Automation";
    private const string Public = "MediaMagic";
    private static readonly Assembly s_module = typeof(MediaMagicClient).Assembly;

    // Every room may name Errors and the public types. Json is Model/Json.
    private static readonly Dictionary<string, string[]> s_arrows = new()
    {
        ["Commands"] = ["Bulk", "Client", "Files", "Formatting", "IO", "Parameters", "Reports", "Sessions", "Simulator", "Transfer", "Webhooks", PowerShell],
        ["Parameters"] = ["Files", "Sessions", PowerShell],
        ["Sessions"] = ["Client", "Simulator", PowerShell],
        ["Formatting"] = [PowerShell],
        ["Bulk"] = ["Client", "Files", "Http", "IO", "Transfer"],
        ["Reports"] = ["Files", "Formatting", "IO"],
        ["Webhooks"] = [],
        ["Transfer"] = ["Client", "Http", "IO"],
        ["Client"] = ["Http", "Json"],
        ["Http"] = ["IO", "Json"],
        ["Json"] = [],
        ["IO"] = ["Files"],
        ["Files"] = [],
        ["Errors"] = [],
        [Public] = [],
    };

    // Each goes against an arrow for a reason.
    private static readonly Dictionary<(string Type, string Room), string> s_exceptions = new()
    {
        [("ErrorRecords", PowerShell)] = "turns errors into PowerShell's",
        [("EndpointCompleter", "Simulator")] = "completes the endpoints that faults can be added to",
        [("MMSession", "Client")] = "a session is public and holds its client",
        [("MediaMagicClient", "Transfer")] = "the client offers uploads",
        [("NewAsset", "Transfer")] = "says which file lies there when a bulk run knows it",
        [("KeyedAsset", "Transfer")] = "asks which file lies at a blob path, and keeps digests",
        [("SubmittedPaths", "Transfer")] = "keeps paths as the digests that uploads use, and remembers the files of unknown creates",
        [("SessionStore", "Http")] = "finds the address of a session in its sender",
        [("MediaMagicClientOptions", "IO")] = "tests choose how paths are compared",
        [("ModelJson", "Client")] = "generates the readers and writers of the client's bodies",
        [("RequestLog", "Files")] = "sees whether the path of a log leads to a pipe",
        [("LogJson", "Http")] = "generates the writer of a log line",
#if STANDARD
        [("UnixFileSupport", "Files")] = "reads and sets rights by the system calls that Files has",
#endif
    };

    [Fact]
    public void Rooms_name_only_the_rooms_that_their_arrows_lead_to() =>
        Assert.Empty(References().Where(reference => !IsAllowed(reference.From, reference.To) && !s_exceptions.ContainsKey((reference.Type, reference.To))).Distinct());

    [Fact]
    public void Exceptions_to_the_arrows_are_still_needed() =>
        Assert.Empty(s_exceptions.Keys.Except(References().Where(reference => !IsAllowed(reference.From, reference.To)).Select(reference => (reference.Type, reference.To))));

    [Fact]
    public void Every_room_has_its_arrows() =>
        Assert.Equal(s_arrows.Keys.Order(), s_module.GetTypes().Select(RoomOf).OfType<string>().Distinct().Order());

    [Fact]
    public void The_simulator_names_no_assembly_of_the_product() =>
        Assert.DoesNotContain(typeof(SimulatorServer).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("MediaMagic", StringComparison.Ordinal));

    [Fact]
    public void References_are_found_wherever_a_type_names_another() => Assert.Equal(
        [typeof(ApiKey), typeof(Asset), typeof(FileCheck), typeof(Issue), typeof(MediaMagicException), typeof(Precedent), typeof(Submission), typeof(Topic)],
        TypeReferences.Of(typeof(ReferenceSample)).Where(type => type.Namespace == Public).OrderBy(type => type.Name));

    private static IEnumerable<(string Type, string From, string To)> References() =>
        from type in s_module.GetTypes()
        let room = RoomOf(type)
        where room is not null
        from named in TypeReferences.Of(type)
        let other = RoomOf(named)
        where other is not null && other != room
        select (TypeReferences.Outermost(type).Name, room, other);

    private static bool IsAllowed(string from, string to) => to is Public || (to is "Errors") || s_arrows[from].Contains(to);

    // Polyfills live in the namespaces that they complete, and what the compiler makes has none.
    private static string? RoomOf(Type type)
    {
        Type outer = TypeReferences.Outermost(type);
        return outer.Assembly.GetName().Name == PowerShell ? PowerShell
            : outer.Namespace is Public ? Public
            : outer.Namespace?.StartsWith(Public + ".", StringComparison.Ordinal) == true ? outer.Namespace.Split('.')[1]
            : null;
    }

    private sealed class ReferenceSample : List<Asset>
    {
        private readonly Issue[] _field = [];

        public static object Code(object value)
        {
            try
            {
                return value is Submission ? Array.Empty<Precedent>() : ApiKey.Parse(string.Empty);
            }
            catch (MediaMagicException)
            {
                return typeof(FileCheck);
            }
        }

        public Issue Method(List<Topic> parameter) => _field[parameter.Count];
    }
}
