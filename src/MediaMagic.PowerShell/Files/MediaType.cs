namespace MediaMagic.Files;

/// <summary>The content types that the module knows by name: those of the catalogue, and those that are mistaken for them.</summary>
internal static class MediaType
{
    public const string Mp4 = "video/mp4";
    public const string QuickTime = "video/quicktime";
    public const string Avi = "video/x-msvideo";
    public const string Matroska = "video/x-matroska";
    public const string Mpeg = "audio/mpeg";
    public const string Wav = "audio/wav";
    public const string XWav = "audio/x-wav";
    public const string Aac = "audio/aac";
    public const string Ogg = "audio/ogg";
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string Gif = "image/gif";
    public const string WebP = "image/webp";
    public const string Svg = "image/svg+xml";
    public const string Pdf = "application/pdf";
    public const string Word = "application/msword";
    public const string WordXml = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Text = "text/plain";

    public const string WebM = "video/webm";
    public const string ThreeGpp = "video/3gpp";
    public const string OggVideo = "video/ogg";
    public const string Mp4Audio = "audio/mp4";
    public const string Flac = "audio/flac";
    public const string Heic = "image/heic";
    public const string Avif = "image/avif";
    public const string Html = "text/html";
    public const string Xml = "application/xml";
    public const string Rtf = "application/rtf";
    public const string Zip = "application/zip";
    public const string Jar = "application/java-archive";
    public const string WordMacro = "application/vnd.ms-word.document.macroEnabled.12";
    public const string ExcelXml = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string PowerPointXml = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    public const string CompoundFile = "application/x-ole-storage";
    public const string Excel = "application/vnd.ms-excel";
    public const string PowerPoint = "application/vnd.ms-powerpoint";
    public const string Outlook = "application/vnd.ms-outlook";

    /// <summary>A content type without its parameters, such as the charset.</summary>
    public static string Bare(string contentType)
    {
        int end = contentType.IndexOf(';');
        return (end < 0 ? contentType : contentType.Substring(0, end)).Trim();
    }
}
