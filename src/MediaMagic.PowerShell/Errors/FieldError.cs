namespace MediaMagic;

/// <summary>One field that was found wrong.</summary>
public sealed class FieldError
{
    /// <summary>The field's name or path.</summary>
    public string? Field { get; set; }

    /// <summary>What is wrong with it.</summary>
    public string? Message { get; set; }

    /// <summary>The service's word for it.</summary>
    public string? Code { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Field is null ? Message ?? string.Empty : $"{Field}: {Message}";
}
