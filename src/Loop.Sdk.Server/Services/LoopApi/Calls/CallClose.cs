using System.Net.WebSockets;
using Loop.Sdk.Server.Push;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>How the server ends a connection to a call: always in order, since the last message says what there is to say.</summary>
internal static class CallClose
{
    public static MozillaClose Normal { get; } = new(WebSocketCloseStatus.NormalClosure, "");
}
