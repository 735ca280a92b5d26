namespace Loop.Sdk.Frames;

/// <summary>Reads frames and their fields from a buffer. Nothing is copied.</summary>
internal static class FrameReader
{
    /// <summary>Reads the frame at the start of <paramref name="source"/>. False if it is not complete yet.</summary>
    /// <exception cref="LoopException">The frame is too large or its length is malformed.</exception>
    public static bool TryRead(ReadOnlySpan<byte> source, out Frame frame)
    {
        frame = default;
        if (source.Length < 2)
        {
            return false;
        }

        var lengthSize = Varint.Read(source[1..], out var bodyLength);
        if (lengthSize < 0 || bodyLength > FrameLimits.MaxBody || (lengthSize > 0 ? lengthSize : source.Length) > FrameLimits.MaxLengthField)
        {
            throw new LoopException(ErrorCodes.FrameTooLarge, $"A frame's body is limited to {FrameLimits.MaxBody} bytes.");
        }

        var total = 1 + lengthSize + (int)bodyLength;
        if (lengthSize == 0 || source.Length < total)
        {
            return false;
        }

        frame = new Frame(source[0], source.Slice(1 + lengthSize, (int)bodyLength), total);
        return true;
    }

    /// <summary>Takes a varint off the front of a frame's body.</summary>
    /// <exception cref="LoopException">The body ends inside it.</exception>
    public static ulong TakeVarint(ref ReadOnlySpan<byte> body)
    {
        var size = Varint.Read(body, out var value);
        if (size <= 0)
        {
            throw Malformed();
        }

        body = body[size..];
        return value;
    }

    /// <summary>Takes a varint that must not exceed <paramref name="max"/>.</summary>
    /// <exception cref="LoopException">The body ends inside it, or it is larger.</exception>
    public static int TakeSmall(ref ReadOnlySpan<byte> body, int max)
    {
        var value = TakeVarint(ref body);
        return value <= (ulong)max ? (int)value : throw Malformed();
    }

    /// <summary>Takes this many bytes off the front of a frame's body.</summary>
    /// <exception cref="LoopException">The body is shorter.</exception>
    public static ReadOnlySpan<byte> TakeBytes(ref ReadOnlySpan<byte> body, int count)
    {
        if (count > body.Length)
        {
            throw Malformed();
        }

        var bytes = body[..count];
        body = body[count..];
        return bytes;
    }

    public static LoopException Malformed() => new(ErrorCodes.ProtocolError, "A frame is malformed.");
}
