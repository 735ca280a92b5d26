namespace Loop.Sdk.Frames;

/// <summary>One frame as it lies in a receive buffer.</summary>
internal readonly ref struct Frame(byte head, ReadOnlySpan<byte> body, int length)
{
    public const byte KindMask = 0x1F;

    public FrameKind Kind { get; } = (FrameKind)(head & KindMask);

    public FrameFlags Flags { get; } = (FrameFlags)(head & ~KindMask);

    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>The length of the whole frame in bytes.</summary>
    public int Length { get; } = length;

    public static bool IsTracked(FrameKind kind) => kind is >= FrameKind.Open and <= FrameKind.Credit;
}
