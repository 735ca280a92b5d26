using Loop.Sdk.Frames;

namespace Loop.Sdk.Harness;

/// <summary>A frame as it was seen on the wire.</summary>
internal sealed record WireFrame(FrameKind Kind, FrameFlags Flags, byte[] Body)
{
    /// <summary>The first varint of the body: the stream's id in a tracked frame.</summary>
    public ulong First
    {
        get
        {
            Varint.Read(Body, out var value);
            return value;
        }
    }

    public ulong Second
    {
        get
        {
            Varint.Read(Body.AsSpan(Varint.Read(Body, out _)), out var value);
            return value;
        }
    }

    public static List<WireFrame> Parse(ReadOnlySpan<byte> bytes)
    {
        var frames = new List<WireFrame>();
        while (FrameReader.TryRead(bytes, out var frame))
        {
            frames.Add(new WireFrame(frame.Kind, frame.Flags, frame.Body.ToArray()));
            bytes = bytes[frame.Length..];
        }

        Assert.AreEqual(0, bytes.Length, "What is sent are whole frames.");
        return frames;
    }
}
