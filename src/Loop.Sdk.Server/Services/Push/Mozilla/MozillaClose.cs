using System.Net.WebSockets;

namespace Loop.Sdk.Server.Push;

/// <summary>Why the server ends a browser's connection, as Mozilla's service says it.</summary>
internal sealed record MozillaClose(WebSocketCloseStatus Status, string Reason)
{
    public static MozillaClose UnsupportedFrame { get; } = new(WebSocketCloseStatus.InvalidMessageType, "UnsupportedMessage");

    public static MozillaClose Json { get; } = Error("Json");

    public static MozillaClose Protocol { get; } = Error("Protocol");

    public static MozillaClose HandshakeTimeout { get; } = Error("HandshakeTimeout");

    public static MozillaClose ExcessivePing { get; } = Error("ExcessivePing");

    public static MozillaClose Failed { get; } = Error("SM");

    public static MozillaClose TooLarge { get; } = new(WebSocketCloseStatus.MessageTooBig, "Protocol");

    public static MozillaClose UaidReset { get; } = new(WebSocketCloseStatus.NormalClosure, "UaidReset");

    public static MozillaClose Replaced { get; } = new(WebSocketCloseStatus.NormalClosure, "replaced");

    public static MozillaClose Stopping { get; } = new(WebSocketCloseStatus.EndpointUnavailable, "");

    private static MozillaClose Error(string reason) => new(WebSocketCloseStatus.InternalServerError, reason);
}
