namespace MediaMagic;

/// <summary>A field that the service rejected.</summary>
public sealed class FieldError
{
    internal FieldError(string? field, string? message, string? code)
    {
        Field = field;
        Message = message;
        Code = code;
    }

    /// <summary>Gets the name or path of the field.</summary>
    public string? Field { get; }

    /// <summary>Gets what is wrong with the field.</summary>
    public string? Message { get; }

    /// <summary>Gets the code that the service sent for it.</summary>
    public string? Code { get; }

    /// <inheritdoc/>
    public override string ToString() => Field is null ? Message ?? string.Empty : $"{Field}: {Message}";
}
