using System.Text;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Harness;

/// <summary>Frames made by hand, right or wrong.</summary>
internal static class Wire
{
    public static byte[] Open(ulong id, ReadOnlySpan<byte> payload = default, FrameFlags flags = FrameFlags.None, int? total = null)
    {
        var header = new byte[TestPeer.Header.Size];
        TestPeer.Header.Write(header);
        return Frame(FrameKind.Open, flags, [.. Number(id), .. header, .. total is { } length ? Number((ulong)length) : [], .. payload]);
    }

    public static byte[] Item(ulong id, ReadOnlySpan<byte> payload = default, FrameFlags flags = FrameFlags.None, int? total = null) =>
        Frame(FrameKind.Item, flags, [.. Number(id), .. total is { } length ? Number((ulong)length) : [], .. payload]);

    public static byte[] End(ulong id) => Frame(FrameKind.End, FrameFlags.None, Number(id));

    public static byte[] Cancel(ulong id) => Frame(FrameKind.Cancel, FrameFlags.None, Number(id));

    public static byte[] Error(ulong id, string json) => Frame(FrameKind.Error, FrameFlags.None, [.. Number(id), .. Encoding.UTF8.GetBytes(json)]);

    public static byte[] Credit(ulong id, ulong bytes) => Frame(FrameKind.Credit, FrameFlags.None, [.. Number(id), .. Number(bytes)]);

    public static byte[] Ack(ulong received) => Frame(FrameKind.Ack, FrameFlags.None, Number(received));

    public static byte[] Ping(ulong token, ulong received) => Frame(FrameKind.Ping, FrameFlags.None, [.. Number(token), .. Number(received)]);

    public static byte[] Pong(ulong token, ulong received) => Frame(FrameKind.Pong, FrameFlags.None, [.. Number(token), .. Number(received)]);

    public static byte[] Frame(FrameKind kind, FrameFlags flags, ReadOnlySpan<byte> body) => FrameWriter.Create(kind, body, flags);

    public static byte[] Number(ulong value)
    {
        var bytes = new byte[Varint.MaxLength];
        return bytes[..Varint.Write(bytes, value)];
    }
}
