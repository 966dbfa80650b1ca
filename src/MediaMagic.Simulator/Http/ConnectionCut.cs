using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace MediaMagic.Simulator;

/// <summary>
/// Ends a connection without an answer. Outside Windows <see cref="HttpListenerResponse.Abort"/> sends the status line before it closes
/// the socket, so the socket is closed first; nothing public leads to it.
/// </summary>
internal static class ConnectionCut
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
    private static readonly PropertyInfo? s_connection = typeof(HttpListenerContext).GetProperty("Connection", Hidden);
    private static readonly FieldInfo? s_socket = s_connection?.PropertyType.GetField("_socket", Hidden);

    public static void Now(HttpListenerContext context)
    {
        try
        {
            if (s_connection?.GetValue(context) is object connection && s_socket?.GetValue(connection) is Socket socket)
            {
                socket.Close(0);
            }

            context.Response.Abort();
        }
        catch (Exception error) when (IsGone(error))
        {
            // The connection is gone already, which is what was asked for.
        }
    }

    /// <summary>Whether an error only says that the client has left or the simulator stops.</summary>
    public static bool IsGone(Exception error) => error is HttpListenerException or IOException or ObjectDisposedException
        or OperationCanceledException or SocketException or InvalidOperationException or ProtocolViolationException;
}
