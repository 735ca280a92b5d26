using System.Net.WebSockets;

namespace Loop.Bench.Load.Wire;

/// <summary>Tells a broken socket from a mistake of the bench.</summary>
internal static class SocketFailure
{
    public static bool Is(Exception exception) =>
        exception is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException or HttpRequestException;
}
