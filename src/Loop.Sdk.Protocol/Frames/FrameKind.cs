namespace Loop.Sdk.Frames;

/// <summary>The kind of a frame: the low five bits of its first byte. Kinds 3 to 8 are tracked: counted, replayed on resume.</summary>
internal enum FrameKind : byte
{
    Hello = 1,
    Welcome = 2,
    Open = 3,
    Item = 4,
    End = 5,
    Error = 6,
    Cancel = 7,
    Credit = 8,
    Ack = 9,
    Ping = 10,
    Pong = 11,
    Auth = 12,
    AuthResult = 13,
    GoAway = 14,
}
