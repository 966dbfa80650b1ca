using System;
using MediaMagic.Errors;

namespace MediaMagic;

/// <summary>The one exception of the client: everything worth knowing is in <see cref="Error"/>.</summary>
public sealed class MediaMagicException : Exception
{
    /// <summary>An exception without an error; for serializers.</summary>
    public MediaMagicException()
        : this(LocalErrors.Make(ErrorCode.Unknown, string.Empty, null, null))
    {
    }

    /// <summary>An exception with only a message.</summary>
    public MediaMagicException(string message)
        : this(LocalErrors.Make(ErrorCode.Unknown, message, null, null))
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    public MediaMagicException(string message, Exception innerException)
        : this(LocalErrors.Make(ErrorCode.Unknown, message, null, null), innerException)
    {
    }

    /// <summary>An exception for the error.</summary>
    public MediaMagicException(ApiError error, Exception? innerException = null)
        : base(null, SafeCause.Of(innerException))
    {
        Error = error ?? throw new ArgumentNullException(nameof(error));
    }

    /// <summary>What went wrong.</summary>
    public ApiError Error { get; }

    /// <summary>Gets what became of the request.</summary>
    public Delivery Delivery => Error.Delivery;

    /// <inheritdoc/>
    public override string Message => Error.ToString();
}
