using System.Net;
#if NET
using System.Net.Http;
#endif

namespace MediaMagic;

/// <summary>The proxy of the system's settings or of the environment.</summary>
internal static class SystemProxy
{
#if NET
    public static IWebProxy? Get() => HttpClient.DefaultProxy;
#else
    public static IWebProxy? Get() => WebRequest.DefaultWebProxy;
#endif
}
