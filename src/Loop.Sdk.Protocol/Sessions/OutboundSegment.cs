using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>A pooled buffer of whole frames.</summary>
internal sealed class OutboundSegment(byte[] buffer, int limit, ulong first)
{
    public byte[] Buffer { get; } = buffer;

    public int Limit { get; } = Math.Min(buffer.Length, limit);

    /// <summary>How many frames were written before this segment's first.</summary>
    public ulong First { get; } = first;

    public int Frames { get; set; }

    public int Length { get; set; }

    public int Sent { get; set; }

    public OutboundSegment? Next { get; set; }

    /// <summary>Where the frame after this position begins: found by walking, since it is only asked for on a resume.</summary>
    public int OffsetOf(ulong position)
    {
        if (position <= First)
        {
            return 0;
        }

        if (position >= First + (ulong)Frames)
        {
            return Length;
        }

        var offset = 0;
        for (var count = position - First; count > 0; count--)
        {
            FrameReader.TryRead(Buffer.AsSpan(offset, Length - offset), out var frame);
            offset += frame.Length;
        }

        return offset;
    }
}
