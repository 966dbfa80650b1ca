#if !NET
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic;

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

    extension(ObjectDisposedException)
    {
        public static void ThrowIf(bool condition, object instance)
        {
            if (condition)
            {
                throw new ObjectDisposedException(instance.GetType().FullName);
            }
        }
    }

    extension(File)
    {
        // Nothing here tells where a link leads. On Windows much is a link of a kind that is none to people, as in the folders of cloud drives.
        public static FileSystemInfo? ResolveLinkTarget(string path, bool returnFinalTarget) => !returnFinalTarget || RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? null
            : throw new FileNotFoundException("it is a link to a file that does not exist", path);
    }

    extension(Convert)
    {
        public static string ToHexString(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", string.Empty);
    }

    extension(Enum)
    {
        public static bool IsDefined<TEnum>(TEnum value)
            where TEnum : struct, Enum => Enum.IsDefined(typeof(TEnum), value);
    }

    extension(CancellationTokenSource source)
    {
        public Task CancelAsync() => Task.Run(source.Cancel);
    }

    extension(string text)
    {
        public bool Contains(char value) => text.IndexOf(value) >= 0;

        public bool Contains(string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;

        public bool StartsWith(char value) => text.Length > 0 && text[0] == value;

        public bool EndsWith(char value) => text.Length > 0 && text[text.Length - 1] == value;

        public string Replace(string oldValue, string newValue, StringComparison comparison) =>
            comparison == StringComparison.Ordinal
                ? text.Replace(oldValue, newValue)
                : throw new NotSupportedException("Only ordinal replacement is supported on this framework.");

        public string[] Split(char separator, StringSplitOptions options) => text.Split([separator], options);

        public string[] Split(char separator, int count) => text.Split([separator], count);
    }

    extension<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> map)
    {
        public TValue? GetValueOrDefault(TKey key) => map.TryGetValue(key, out TValue? value) ? value : default;
    }

    extension<TKey, TValue>(KeyValuePair<TKey, TValue> pair)
    {
        public void Deconstruct(out TKey key, out TValue value)
        {
            key = pair.Key;
            value = pair.Value;
        }
    }

    extension(Encoding encoding)
    {
        public string GetString(ReadOnlySpan<byte> bytes) => encoding.GetString(bytes.ToArray());
    }

    extension(HttpContent content)
    {
        public Task<Stream> ReadAsStreamAsync(CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            return content.ReadAsStreamAsync();
        }

        public Task CopyToAsync(Stream stream, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            return content.CopyToAsync(stream);
        }
    }

    extension(Stream stream)
    {
        public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop = default)
        {
            ArraySegment<byte> part = Segment(buffer);
            return await stream.ReadAsync(part.Array!, part.Offset, part.Count, stop).ConfigureAwait(false);
        }

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken stop = default)
        {
            ArraySegment<byte> part = Segment(buffer);
            await stream.WriteAsync(part.Array!, part.Offset, part.Count, stop).ConfigureAwait(false);
        }
    }

    extension(Socket socket)
    {
        // What ends the wait here is that the socket is disposed.
        public Task<Socket> AcceptAsync(CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            return socket.AcceptAsync();
        }
    }

    extension(RandomNumberGenerator)
    {
        public static byte[] GetBytes(int count)
        {
            byte[] bytes = new byte[count];
            using RandomNumberGenerator source = RandomNumberGenerator.Create();
            source.GetBytes(bytes);
            return bytes;
        }
    }

    private static ArraySegment<byte> Segment(ReadOnlyMemory<byte> buffer) =>
        MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> part) ? part : new ArraySegment<byte>(buffer.ToArray());
}
#endif
