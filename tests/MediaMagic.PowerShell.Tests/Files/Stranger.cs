using System;
using Xunit;

namespace MediaMagic.Tests.Files;

/// <summary>Lets this thread see files as a user who is not root, for whom rights do not count. Nothing may go on on another thread meanwhile.</summary>
internal static class Stranger
{
    private const int Nobody = 65534;

    public static T Run<T>(Func<T> look)
    {
        int user = UnixCalls.SetFileUser(Nobody);
        try
        {
            return look();
        }
        finally
        {
            int was = UnixCalls.SetFileUser((uint)user);

            // Who is no root stays who he is, and rights count for him.
            Assert.True(was == Nobody || (was == user && user != 0));
        }
    }
}
