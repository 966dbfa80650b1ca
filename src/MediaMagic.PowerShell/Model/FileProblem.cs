namespace MediaMagic;

/// <summary>One reason why the service would not take a file.</summary>
public sealed class FileProblem
{
    /// <summary>The reason in a word, one of <see cref="FileProblemCode"/>.</summary>
    public string Code { get; set; } = string.Empty;

    /// <summary>What was found and what is allowed.</summary>
    public string Message { get; set; } = string.Empty;

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}
