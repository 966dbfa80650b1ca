using System;
using MediaMagic.Errors;

namespace MediaMagic;

/// <summary>The one exception of the client: everything worth knowing is in <see cref="Error"/>.</summary>
public sealed class MediaMagicException : Exception
{
    /// <summary>An exception without an error; for serializers.</summary>
    public MediaMagicException()
        : this(new ApiError())
    {
    }

    /// <summary>An exception with only a message.</summary>
    public MediaMagicException(string message)
        : this(new ApiError { Message = message })
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    public MediaMagicException(string message, Exception innerException)
        : this(new ApiError { Message = message }, innerException)
    {
    }

    /// <summary>An exception for the error.</summary>
    public MediaMagicException(ApiError error, Exception? innerException = null)
        : base(null, SafeCause.Of(innerException))
    {
        Error = error ?? new ApiError();
    }

    /// <summary>What went wrong.</summary>
    public ApiError Error { get; }

    /// <inheritdoc/>
    public override string Message => Error.ToString();
}
