using System.Runtime.CompilerServices;

namespace Loop.Sdk.Frames;

/// <summary>Writes frames. The caller reserves the exact size first, so that nothing is measured twice or moved.</summary>
internal static class FrameWriter
{
    /// <summary>The size of a frame with a body of this many bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Size(int bodyLength) => 1 + Varint.Length((ulong)bodyLength) + bodyLength;

    /// <summary>Writes the first byte and the length, and returns how many bytes they took.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteHead(Span<byte> destination, FrameKind kind, FrameFlags flags, int bodyLength)
    {
        destination[0] = (byte)((byte)kind | (byte)flags);
        return 1 + Varint.Write(destination[1..], (ulong)bodyLength);
    }

    /// <summary>Makes a whole frame from a body, for the rare frames that are not written in place.</summary>
    public static byte[] Create(FrameKind kind, ReadOnlySpan<byte> body, FrameFlags flags = FrameFlags.None)
    {
        var frame = new byte[Size(body.Length)];
        body.CopyTo(frame.AsSpan(WriteHead(frame, kind, flags, body.Length)));
        return frame;
    }

    /// <summary>Makes a frame whose body is one or two varints.</summary>
    public static byte[] Create(FrameKind kind, ulong first, ulong? second = null)
    {
        Span<byte> body = stackalloc byte[2 * Varint.MaxLength];
        var length = Varint.Write(body, first);
        if (second is { } value)
        {
            length += Varint.Write(body[length..], value);
        }

        return Create(kind, body[..length]);
    }
}
