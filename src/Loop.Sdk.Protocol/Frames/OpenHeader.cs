using System.Text;

namespace Loop.Sdk.Frames;

/// <summary>What an open frame says before its payload.</summary>
internal readonly record struct OpenHeader
{
    private const int TraceParentKey = 1;
    private const int IdempotencyKeyKey = 2;

    /// <summary>The id that the welcome gave to the contract, or 0 if <see cref="ServiceName"/> names it.</summary>
    public int ServiceId { get; init; }

    public string? ServiceName { get; init; }

    public int Method { get; init; }

    /// <summary>How long the caller waits, in milliseconds; 0 for no limit.</summary>
    public long DeadlineMs { get; init; }

    /// <summary>The W3C trace context of the caller, or null.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The same for every attempt of one call, or null.</summary>
    public string? IdempotencyKey { get; init; }

    public int Size
    {
        get
        {
            var extras = ExtrasSize;
            return Varint.Length((ulong)ServiceId)
                + (ServiceId == 0 ? NameSize : 0)
                + Varint.Length((ulong)Method)
                + Varint.Length((ulong)DeadlineMs)
                + Varint.Length((ulong)extras)
                + extras;
        }
    }

    private int NameSize => Varint.Length((ulong)ServiceName!.Length) + ServiceName.Length;

    private int ExtrasSize => ExtraSize(TraceParent) + ExtraSize(IdempotencyKey);

    public static OpenHeader Read(ref ReadOnlySpan<byte> body)
    {
        var serviceId = FrameReader.TakeSmall(ref body, ushort.MaxValue);
        var name = serviceId == 0 ? TakeAscii(ref body, FrameLimits.MaxName) : null;
        var method = FrameReader.TakeSmall(ref body, ushort.MaxValue);
        var deadline = (long)FrameReader.TakeVarint(ref body);
        var extras = FrameReader.TakeBytes(ref body, FrameReader.TakeSmall(ref body, FrameLimits.MaxExtras));
        var header = new OpenHeader { ServiceId = serviceId, ServiceName = name, Method = method, DeadlineMs = deadline };
        while (extras.Length > 0)
        {
            var key = FrameReader.TakeVarint(ref extras);
            header = key switch
            {
                TraceParentKey => header with { TraceParent = TakeAscii(ref extras, FrameLimits.MaxExtras) },
                IdempotencyKeyKey => header with { IdempotencyKey = TakeAscii(ref extras, FrameLimits.MaxExtras) },
                _ => Skip(header, ref extras),
            };
        }

        return header;
    }

    public int Write(Span<byte> destination)
    {
        var length = Varint.Write(destination, (ulong)ServiceId);
        if (ServiceId == 0)
        {
            length += WriteAscii(destination[length..], ServiceName!);
        }

        length += Varint.Write(destination[length..], (ulong)Method);
        length += Varint.Write(destination[length..], (ulong)DeadlineMs);
        length += Varint.Write(destination[length..], (ulong)ExtrasSize);
        length += WriteExtra(destination[length..], TraceParentKey, TraceParent);
        length += WriteExtra(destination[length..], IdempotencyKeyKey, IdempotencyKey);
        return length;
    }

    private static OpenHeader Skip(OpenHeader header, ref ReadOnlySpan<byte> extras)
    {
        FrameReader.TakeBytes(ref extras, FrameReader.TakeSmall(ref extras, FrameLimits.MaxExtras));
        return header;
    }

    private static int ExtraSize(string? value) => value is null ? 0 : 1 + Varint.Length((ulong)value.Length) + value.Length;

    private static int WriteExtra(Span<byte> destination, byte key, string? value)
    {
        if (value is null)
        {
            return 0;
        }

        destination[0] = key;
        return 1 + WriteAscii(destination[1..], value);
    }

    private static int WriteAscii(Span<byte> destination, string value)
    {
        var length = Varint.Write(destination, (ulong)value.Length);
        return length + Encoding.ASCII.GetBytes(value, destination[length..]);
    }

    private static string TakeAscii(ref ReadOnlySpan<byte> body, int max)
    {
        var bytes = FrameReader.TakeBytes(ref body, FrameReader.TakeSmall(ref body, max));
        if (bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
        {
            throw new LoopException(ErrorCodes.ProtocolError, "A name holds characters outside printable ASCII.");
        }

        return Encoding.ASCII.GetString(bytes);
    }
}
