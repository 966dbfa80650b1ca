using System;

namespace MediaMagic.Errors;

/// <summary>Reports a successful answer whose body cannot be read. The sender turns it into an error.</summary>
#pragma warning disable CA1032, CA1064 // Never leaves the sender.
internal sealed class UnreadableAnswerException(string message) : Exception(message);
