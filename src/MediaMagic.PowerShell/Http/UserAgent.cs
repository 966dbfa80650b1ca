namespace MediaMagic.Http;

/// <summary>How the client names itself to the service.</summary>
internal static class UserAgent
{
    public static string Value { get; } =
        "MediaMagic.PowerShell/" + (typeof(UserAgent).Assembly.GetName().Version?.ToString(3) ?? "0");
}
