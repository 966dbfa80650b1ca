using System;

namespace MediaMagic;

/// <summary>An API key, checked for its form, that never shows itself: its text is a hint.</summary>
public sealed class ApiKey : IEquatable<ApiKey>
{
    internal const string LivePrefix = "sk_live_";
    internal const string SandboxPrefix = "sk_test_";

    private const int LiveLength = 64;
    private const int SandboxShortest = 8;
    private const int SandboxLongest = 256;

    private readonly SecretText _secret;

    private ApiKey(string value)
    {
        _secret = new SecretText(value);
        IsSandbox = value.StartsWith(SandboxPrefix, StringComparison.Ordinal);
        Hint = $"{(IsSandbox ? SandboxPrefix : LivePrefix)}…{value.Substring(value.Length - 4)}";
    }

    /// <summary>Whether the key belongs to the sandbox.</summary>
    public bool IsSandbox { get; }

    /// <summary>The key's prefix and last four characters, by which people tell keys apart.</summary>
    public string Hint { get; }

    /// <summary>The key in the text; white space around it, as pasting leaves it, does not matter.</summary>
    /// <exception cref="ArgumentException">The text is no key; the message says why and never shows it.</exception>
    public static ApiKey Parse(string text)
    {
        string value = text?.Trim() ?? string.Empty;
        return Problem(value) is string problem ? throw new ArgumentException(problem) : new ApiKey(value);
    }

    /// <inheritdoc/>
    public bool Equals(ApiKey? other) => other is not null && _secret.Equals(other._secret);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ApiKey);

    /// <inheritdoc/>
    public override int GetHashCode() => _secret.GetHashCode();

    /// <summary>The hint.</summary>
    public override string ToString() => Hint;

    /// <summary>The key itself, for the request's header.</summary>
    internal string Reveal() => _secret.Reveal();

    private static string? Problem(string value)
    {
        if (value.Length == 0)
        {
            return "The API key is empty. It starts with sk_live_ or sk_test_.";
        }

        if (Any(value, static c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            return "The API key contains white space or control characters. Copy it again, in one piece.";
        }

        bool live = value.StartsWith(LivePrefix, StringComparison.Ordinal);
        if (!live && !value.StartsWith(SandboxPrefix, StringComparison.Ordinal))
        {
            return "The API key starts neither with sk_live_ nor with sk_test_.";
        }

        string rest = value.Substring(LivePrefix.Length);
        return live ? LiveProblem(rest) : SandboxProblem(rest);
    }

    private static string? LiveProblem(string rest)
    {
        if (rest.Length != LiveLength)
        {
            return $"A live API key has {LiveLength} hexadecimal digits after sk_live_; {rest.Length} characters were found.";
        }

        return Any(rest, static c => !IsHex(c))
            ? $"A live API key has {LiveLength} hexadecimal digits after sk_live_; other characters were found among them."
            : null;
    }

    // The form of sandbox keys is not documented; this much keeps out what cannot be one.
    private static string? SandboxProblem(string rest)
    {
        if (rest.Length is < SandboxShortest or > SandboxLongest)
        {
            return $"A sandbox API key has {SandboxShortest} to {SandboxLongest} characters after sk_test_; {rest.Length} were found.";
        }

        return Any(rest, static c => !IsWord(c))
            ? "A sandbox API key has only letters, digits, '_' and '-' after sk_test_; other characters were found."
            : null;
    }

    private static bool Any(string text, Func<char, bool> test)
    {
        foreach (char c in text)
        {
            if (test(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHex(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private static bool IsWord(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or '-';
}
