using System;

namespace MediaMagic.Errors;

/// <summary>
/// Stands in for what caused an error: a framework's message may quote what a server sent, and PowerShell shows inner exceptions, too.
/// </summary>
#pragma warning disable CA1032, CA1064 // Made here alone, and never thrown.
internal sealed class SafeCause : Exception
{
    private const int LongestText = 2000;
    private const int Deepest = 16;

    private readonly string? _trace;

    private SafeCause(Exception cause, ErrorScrubber scrubber, int depth)
        : base($"{cause.GetType().FullName}: {scrubber.Line(cause.Message, LongestText)}", Of(cause.InnerException, scrubber, depth + 1))
    {
        _trace = cause.StackTrace;
        HResult = cause.HResult;
    }

    /// <inheritdoc/>
    public override string? StackTrace => _trace;

    /// <summary>The cause and its own causes, in text that may be shown.</summary>
    public static Exception? Of(Exception? cause, Redactor? redactor = null) => Of(cause, new ErrorScrubber(redactor), 0);

    // What we made ourselves is clean already.
    private static Exception? Of(Exception? cause, ErrorScrubber scrubber, int depth) =>
        cause is null or MediaMagicException or SafeCause ? cause : depth == Deepest ? null : new SafeCause(cause, scrubber, depth);
}
