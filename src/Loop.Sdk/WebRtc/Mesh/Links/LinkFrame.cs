using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Loop.Sdk.WebRtc;

/// <summary>A frame of the control lane: its kind, a number, and for messages the channel's name and the payload. See <c>docs/webrtc.md</c>.</summary>
internal readonly ref struct LinkFrame
{
    /// <summary>The longest name of a channel, in bytes.</summary>
    public const int MaxName = 64;

    private const int NumberAt = 1;
    private const int NameAt = 10;
    private const int ResumeLength = NameAt - 1 + (2 * sizeof(long));

    public LinkFrameKind Kind { get; private init; }

    /// <summary>The message's number, or how many messages were received.</summary>
    public long Number { get; private init; }

    /// <summary>Of a resume: the life of the sender's end.</summary>
    public long Mine { get; private init; }

    /// <summary>Of a resume: the life of the receiver's end, as the sender knows it.</summary>
    public long Yours { get; private init; }

    public string Name { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    public static byte[] Message(LinkFrameKind kind, long number, string name, ReadOnlySpan<byte> payload)
    {
        var length = Encoding.ASCII.GetByteCount(name);
        var frame = new byte[NameAt + length + payload.Length];
        WriteHead(frame, kind, number);
        frame[NameAt - 1] = (byte)length;
        Encoding.ASCII.GetBytes(name, frame.AsSpan(NameAt));
        payload.CopyTo(frame.AsSpan(NameAt + length));
        return frame;
    }

    /// <summary>The first frame on a transport.</summary>
    /// <param name="received">How many messages the sender has received.</param>
    /// <param name="mine">The life of the sender's end: another one when it had given up the peer in between.</param>
    /// <param name="yours">The life of the receiver's end, as the sender knows it; 0 for none.</param>
    public static byte[] Resume(long received, long mine, long yours)
    {
        var frame = new byte[ResumeLength];
        WriteHead(frame, LinkFrameKind.Resume, received);
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(NameAt - 1), mine);
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(NameAt - 1 + sizeof(long)), yours);
        return frame;
    }

    public static byte[] Control(LinkFrameKind kind, long number)
    {
        var frame = new byte[NameAt - 1];
        WriteHead(frame, kind, number);
        return frame;
    }

    public static bool TryRead(ReadOnlySpan<byte> frame, [MaybeNullWhen(false)] out LinkFrame read)
    {
        read = default;
        if (frame.Length < NameAt - 1 || frame[0] > (byte)LinkFrameKind.Bye || BinaryPrimitives.ReadInt64BigEndian(frame[NumberAt..]) is var number && number < 0)
        {
            return false;
        }

        var kind = (LinkFrameKind)frame[0];
        if (kind == LinkFrameKind.Resume)
        {
            if (frame.Length == ResumeLength)
            {
                var lives = frame[(NameAt - 1)..];
                read = new LinkFrame { Number = number, Name = "", Mine = BinaryPrimitives.ReadInt64BigEndian(lives), Yours = BinaryPrimitives.ReadInt64BigEndian(lives[sizeof(long)..]) };
            }

            return frame.Length == ResumeLength;
        }

        if (kind is not (LinkFrameKind.Message or LinkFrameKind.Passing))
        {
            read = new LinkFrame { Kind = kind, Number = number, Name = "" };
            return frame.Length == NameAt - 1;
        }

        if (frame.Length < NameAt || frame[NameAt - 1] is 0 or > MaxName || frame.Length < NameAt + frame[NameAt - 1])
        {
            return false;
        }

        var name = frame.Slice(NameAt, frame[NameAt - 1]);
        read = new LinkFrame { Kind = kind, Number = number, Name = Encoding.ASCII.GetString(name), Payload = frame[(NameAt + name.Length)..] };
        return !name.ContainsAnyExceptInRange((byte)'!', (byte)'~');
    }

    public static void WriteNumber(Span<byte> frame, long number) => BinaryPrimitives.WriteInt64BigEndian(frame[NumberAt..], number);

    private static void WriteHead(Span<byte> frame, LinkFrameKind kind, long number)
    {
        frame[0] = (byte)kind;
        WriteNumber(frame, number);
    }
}
