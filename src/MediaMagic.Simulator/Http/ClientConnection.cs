using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace MediaMagic.Simulator;

/// <summary>
/// What a simulator must do to a connection and HttpListener does not offer. Outside Windows <see cref="HttpListenerResponse.Abort"/>
/// answers 200 before it closes the socket, and a connection ends after a hundred requests; nothing public changes either.
/// </summary>
internal static class ClientConnection
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
    private static readonly PropertyInfo? s_connection = typeof(HttpListenerContext).GetProperty("Connection", Hidden);
    private static readonly FieldInfo? s_socket = s_connection?.PropertyType.GetField("_socket", Hidden);
    private static readonly FieldInfo? s_reuses = s_connection?.PropertyType.GetField("_reuses", Hidden);

    // Closing the answer adds one. At one the listener would end an idle connection after 15 seconds, not 90.
    private static readonly object s_none = -1;

    /// <summary>Ends the connection without an answer.</summary>
    public static void Cut(HttpListenerContext context)
    {
        try
        {
            if (s_connection?.GetValue(context) is object connection && s_socket?.GetValue(connection) is Socket socket)
            {
                socket.Close(0);
            }

            context.Response.Abort();
        }
        catch (Exception error) when (IsGone(error) || error is InvalidOperationException)
        {
            // The connection is gone already, which is what was asked for.
        }
    }

    /// <summary>Lets the connection serve as many requests as the client likes.</summary>
    public static void KeepOpen(HttpListenerContext context)
    {
        if (s_connection?.GetValue(context) is object connection)
        {
            s_reuses?.SetValue(connection, s_none);
        }
    }

    /// <summary>Whether an error only says that the client has left or the simulator stops.</summary>
    public static bool IsGone(Exception error) => error is HttpListenerException or IOException or ObjectDisposedException
        or OperationCanceledException or SocketException;
}
