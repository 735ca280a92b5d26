namespace Loop.Sdk.Frames;

/// <summary>The high three bits of a frame's first byte.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>The sender's half of the stream ends with this message.</summary>
    End = 0x20,

    /// <summary>The message goes on in the stream's next item frame. On its first frame, a varint with the whole length stands before the payload.</summary>
    More = 0x40,

    /// <summary>A receiver that does not know the kind skips the frame.</summary>
    Ignorable = 0x80,
}
