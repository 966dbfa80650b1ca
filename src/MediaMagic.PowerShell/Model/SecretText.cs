using System;
using System.Security.Cryptography;
using System.Text;

namespace MediaMagic;

/// <summary>A secret that shows itself to nobody by accident: no public member, no text and no serializer yields it.</summary>
internal sealed class SecretText : IEquatable<SecretText>
{
    private readonly string _value;

    /// <summary>Guards the value.</summary>
    public SecretText(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <inheritdoc/>
    public bool Equals(SecretText? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_value), Encoding.UTF8.GetBytes(other._value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretText);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_value);

    /// <inheritdoc/>
    public override string ToString() => "***";

    /// <summary>The secret itself, for where it has to be used.</summary>
    internal string Reveal() => _value;
}
