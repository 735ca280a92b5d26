namespace Loop.Sdk.Frames;

internal static class FrameLimits
{
    /// <summary>The subprotocol that both ends name in the WebSocket handshake.</summary>
    public const string Subprotocol = "loop.v1";

    /// <summary>The most payload bytes in one frame: what a small frame may have to wait for.</summary>
    public const int MaxPayload = 16 * 1024;

    /// <summary>The most bytes after a frame's length field: a full payload with the longest header, or a JSON control body.</summary>
    public const int MaxBody = 20 * 1024;

    /// <summary>The most bytes of a frame's length field: a longer one cannot stand for an allowed length.</summary>
    public const int MaxLengthField = 3;

    /// <summary>The most bytes of a whole frame.</summary>
    public const int MaxFrame = MaxBody + 1 + MaxLengthField;

    /// <summary>The least credit window a peer may announce, so that a whole frame always fits into half of it.</summary>
    public const int MinWindow = 2 * MaxPayload;

    /// <summary>The most bytes of a contract name in an open frame.</summary>
    public const int MaxName = 160;

    /// <summary>The most bytes of an open frame's optional fields.</summary>
    public const int MaxExtras = 1024;
}
