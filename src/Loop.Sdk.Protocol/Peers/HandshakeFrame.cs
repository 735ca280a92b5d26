using Loop.Sdk.Frames;

namespace Loop.Sdk.Peers;

internal readonly record struct HandshakeFrame(FrameKind Kind, byte[] Body);
