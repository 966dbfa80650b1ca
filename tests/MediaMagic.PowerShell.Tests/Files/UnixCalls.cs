using System.Runtime.InteropServices;

namespace MediaMagic.Tests.Files;

/// <summary>Calls that set up what the framework cannot.</summary>
internal static class UnixCalls
{
    [DllImport("libc", EntryPoint = "mkfifo", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int MakePipe(string path, uint mode);

    /// <summary>Lets this thread see files as another user does, root or not.</summary>
    [DllImport("libc", EntryPoint = "setfsuid")]
    public static extern int SetFileUser(uint user);

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Link(string path, string other);
}
