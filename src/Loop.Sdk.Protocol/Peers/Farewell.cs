using System.Net.WebSockets;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Peers;

/// <summary>The last frame on a connection, and the WebSocket close that follows it.</summary>
internal sealed class Farewell
{
    private Farewell(byte[] frame, WebSocketCloseStatus status, string description) => (Frame, Status, Description) = (frame, status, description);

    public byte[] Frame { get; }

    public WebSocketCloseStatus Status { get; }

    /// <summary>The error's code, for clients that only see the close.</summary>
    public string Description { get; }

    public static Farewell Of(GoAway goAway) => new(ControlFrames.Write(goAway), StatusOf(goAway.Code), goAway.Code);

    private static WebSocketCloseStatus StatusOf(string code) => code switch
    {
        ErrorCodes.Closed or ErrorCodes.Fenced => WebSocketCloseStatus.NormalClosure,
        ErrorCodes.Draining => WebSocketCloseStatus.EndpointUnavailable,
        ErrorCodes.FrameTooLarge or ErrorCodes.MessageTooLarge => WebSocketCloseStatus.MessageTooBig,
        ErrorCodes.ProtocolError or ErrorCodes.CreditViolation or ErrorCodes.InvalidStreamId or ErrorCodes.HelloExpected or ErrorCodes.InvalidHello
            => WebSocketCloseStatus.ProtocolError,
        ErrorCodes.Internal or ErrorCodes.Unavailable => WebSocketCloseStatus.InternalServerError,
        _ => WebSocketCloseStatus.PolicyViolation,
    };
}
