namespace MediaMagic.Simulator;

/// <summary>The events that can be subscribed to.</summary>
internal static class EventTypes
{
    public const string Completed = "asset.processing.completed";
    public const string Failed = "asset.processing.failed";

    public static bool IsKnown(string type) => type is Completed or Failed;
}
