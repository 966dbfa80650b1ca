#if !NET
using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Members of newer frameworks, under their own names, for netstandard2.0.</summary>
internal static class FrameworkSupport
{
    extension(ArgumentNullException)
    {
        public static void ThrowIfNull([NotNull] object? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        {
            if (argument is null)
            {
                throw new ArgumentNullException(name);
            }
        }
    }

    extension(string text)
    {
        public bool Contains(char value) => text.IndexOf(value) >= 0;

        public bool Contains(string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;

        public bool StartsWith(char value) => text.Length > 0 && text[0] == value;

        public string Replace(string oldValue, string newValue, StringComparison comparison) => comparison == StringComparison.Ordinal
            ? text.Replace(oldValue, newValue)
            : throw new NotSupportedException("Only ordinal replacement is supported on this framework.");
    }

    extension(Stream stream)
    {
        public Task<int> ReadAsync(Memory<byte> buffer, CancellationToken stop) =>
            System.Runtime.InteropServices.MemoryMarshal.TryGetArray<byte>(buffer, out ArraySegment<byte> part)
                ? stream.ReadAsync(part.Array!, part.Offset, part.Count, stop)
                : throw new NotSupportedException("Only arrays are supported on this framework.");

        public Task WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken stop) =>
            System.Runtime.InteropServices.MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> part)
                ? stream.WriteAsync(part.Array!, part.Offset, part.Count, stop)
                : throw new NotSupportedException("Only arrays are supported on this framework.");
    }
}
#endif
