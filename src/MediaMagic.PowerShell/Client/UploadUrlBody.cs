namespace MediaMagic.Client;

/// <summary>Asks for a presigned URL.</summary>
internal sealed class UploadUrlBody
{
    public string? Filename { get; set; }

    public string? ContentType { get; set; }
}
