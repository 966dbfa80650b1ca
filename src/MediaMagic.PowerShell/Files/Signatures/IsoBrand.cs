namespace MediaMagic.Files;

/// <summary>What a brand of an ISO base media file stands for.</summary>
internal enum IsoBrand
{
    Unknown,
    Mp4,
    QuickTime,
    Mp4Audio,
    ThreeGpp,
    Heic,
    Avif,
}
