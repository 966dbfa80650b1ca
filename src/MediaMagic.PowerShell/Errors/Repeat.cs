using System;

namespace MediaMagic.Errors;

/// <summary>Which requests the module may send again after an error.</summary>
[Flags]
internal enum Repeat
{
    /// <summary>No request.</summary>
    None = 0,

    /// <summary>Requests that only read.</summary>
    Read = 1,

    /// <summary>Writes that have the same effect when they run twice.</summary>
    Write = 2,

    /// <summary>Requests that create something.</summary>
    Create = 4,

    /// <summary>Every request.</summary>
    Any = Read | Write | Create,
}
