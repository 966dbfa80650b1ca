namespace MediaMagic.Tests.HostileWorld;

/// <summary>What the service makes of a file name.</summary>
public enum Naming
{
    /// <summary>It keeps the name.</summary>
    AsAsked,

    /// <summary>It replaces every character outside letters, digits, dots and hyphens, and writes all in lower case.</summary>
    Sanitised,

    /// <summary>It gives every upload a name of its own.</summary>
    Unique,
}
