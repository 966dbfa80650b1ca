namespace MediaMagic.Tests.HostileWorld;

/// <summary>A flaw that is put between the product and the checker, which must find it.</summary>
internal enum Flaw
{
    /// <summary>The product as it is.</summary>
    None,

    /// <summary>Users are told "Unknown" after every outcome.</summary>
    AlwaysUnknown,

    /// <summary>The last 4xx to a create decides, also after an attempt that may have worked.</summary>
    TrustsLastRefusal,
}
