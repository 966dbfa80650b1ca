#if !NET
// Under the framework's own names, so that the same code serves both builds. They are hidden from the tests, which run on .NET and have the real ones.
#pragma warning disable IDE0130, CA1008
namespace System.IO
{
    [Flags]
    [Microsoft.CodeAnalysis.Embedded]
    internal enum UnixFileMode
    {
        OtherExecute = 1,
        OtherWrite = 2,
        OtherRead = 4,
        GroupExecute = 8,
        GroupWrite = 16,
        GroupRead = 32,
        UserExecute = 64,
        UserWrite = 128,
        UserRead = 256,
    }

    [Microsoft.CodeAnalysis.Embedded]
    internal sealed class FileStreamOptions
    {
        public FileMode Mode { get; set; }

        public FileAccess Access { get; set; }

        public FileShare Share { get; set; }

        public int BufferSize { get; set; }

        public FileOptions Options { get; set; }

        public UnixFileMode? UnixCreateMode { get; set; }
    }
}

namespace Microsoft.CodeAnalysis
{
    [System.AttributeUsage(System.AttributeTargets.All)]
    internal sealed class EmbeddedAttribute : System.Attribute;
}
#endif
