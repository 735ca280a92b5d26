using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>An INIT or INIT ACK.</summary>
internal readonly ref struct InitChunk
{
    private const int FixedSize = 16;
    private const uint DtlsDetection = 1;

    public required uint Tag { get; init; }

    public required uint Window { get; init; }

    public required ushort OutboundStreams { get; init; }

    public required ushort InboundStreams { get; init; }

    public required uint InitialTsn { get; init; }

    public required SctpFeatures Features { get; init; }

    /// <summary>Of an INIT ACK.</summary>
    public ReadOnlySpan<byte> Cookie { get; init; }

    /// <summary>The parameters that the peer wants to hear about, one after the other with their padding; it may be part of what was received.</summary>
    public ReadOnlySpan<byte> Unrecognized { get; init; }

    /// <summary>Reads it. False if it is malformed, or has values that RFC 9260 forbids.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out InitChunk init)
    {
        init = default;
        if (value.Length < FixedSize)
        {
            return false;
        }

        var features = SctpFeatures.None;
        ReadOnlySpan<byte> cookie = default;
        ReadOnlySpan<byte> unrecognized = default;
        var rest = value[FixedSize..];
        while (Parameter.TryRead(ref rest, out var parameter))
        {
            switch (parameter.Type)
            {
                case ParameterType.StateCookie:
                    cookie = parameter.Value;
                    break;
                case ParameterType.ForwardTsn:
                    features |= SctpFeatures.PartialReliability;
                    break;
                case ParameterType.SupportedExtensions:
                    features |= Extensions(parameter.Value);
                    break;
                case ParameterType.ZeroChecksum when parameter.Value.Length == sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(parameter.Value) == DtlsDetection:
                    features |= SctpFeatures.ZeroChecksum;
                    break;
                default:
                    // Addresses, and whatever else belongs to RFC 9260 and means nothing here, is below this.
                    if (ParameterType.IsReported(parameter.Type))
                    {
                        unrecognized = parameter.Whole;
                    }

                    if (parameter.Type > ParameterType.AddIncomingStreams && !ParameterType.IsSkipped(parameter.Type))
                    {
                        rest = default;
                    }

                    break;
            }
        }

        init = new InitChunk
        {
            Tag = BinaryPrimitives.ReadUInt32BigEndian(value),
            Window = BinaryPrimitives.ReadUInt32BigEndian(value[4..]),
            OutboundStreams = BinaryPrimitives.ReadUInt16BigEndian(value[8..]),
            InboundStreams = BinaryPrimitives.ReadUInt16BigEndian(value[10..]),
            InitialTsn = BinaryPrimitives.ReadUInt32BigEndian(value[12..]),
            Features = features,
            Cookie = cookie,
            Unrecognized = unrecognized,
        };
        return rest.Length < Parameter.HeaderSize && init is { Tag: not 0, OutboundStreams: not 0, InboundStreams: not 0 };
    }

    /// <summary>Writes it; there must be room for a few hundred bytes, the cookie and what was unrecognized.</summary>
    public static void Write(ref PacketWriter packet, byte type, scoped InitChunk init)
    {
        Span<byte> parameters = stackalloc byte[1024];
        var length = 0;
        if ((init.Features & SctpFeatures.ZeroChecksum) != 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(Add(parameters, ref length, ParameterType.ZeroChecksum, sizeof(uint)), DtlsDetection);
        }

        WriteExtensions(parameters, ref length, init.Features);
        if ((init.Features & SctpFeatures.PartialReliability) != 0)
        {
            Add(parameters, ref length, ParameterType.ForwardTsn, 0);
        }

        if (!init.Cookie.IsEmpty)
        {
            init.Cookie.CopyTo(Add(parameters, ref length, ParameterType.StateCookie, init.Cookie.Length));
        }

        if (!init.Unrecognized.IsEmpty && init.Unrecognized.Length < parameters.Length - length - (2 * Parameter.HeaderSize))
        {
            init.Unrecognized.CopyTo(Add(parameters, ref length, ParameterType.UnrecognizedParameter, init.Unrecognized.Length));
        }

        var value = packet.Add(type, 0, FixedSize + length);
        BinaryPrimitives.WriteUInt32BigEndian(value, init.Tag);
        BinaryPrimitives.WriteUInt32BigEndian(value[4..], init.Window);
        BinaryPrimitives.WriteUInt16BigEndian(value[8..], init.OutboundStreams);
        BinaryPrimitives.WriteUInt16BigEndian(value[10..], init.InboundStreams);
        BinaryPrimitives.WriteUInt32BigEndian(value[12..], init.InitialTsn);
        parameters[..length].CopyTo(value[FixedSize..]);
    }

    private static SctpFeatures Extensions(ReadOnlySpan<byte> types)
    {
        var features = SctpFeatures.None;
        features |= types.Contains(ChunkType.ForwardTsn) ? SctpFeatures.PartialReliability : SctpFeatures.None;
        features |= types.Contains(ChunkType.ReConfig) ? SctpFeatures.StreamReset : SctpFeatures.None;
        features |= types.Contains(ChunkType.IData) ? SctpFeatures.Interleaving : SctpFeatures.None;
        return features;
    }

    private static void WriteExtensions(Span<byte> parameters, ref int length, SctpFeatures features)
    {
        Span<byte> types = stackalloc byte[4];
        var count = 0;
        if ((features & SctpFeatures.StreamReset) != 0)
        {
            types[count++] = ChunkType.ReConfig;
        }

        if ((features & SctpFeatures.PartialReliability) != 0)
        {
            types[count++] = ChunkType.ForwardTsn;
        }

        if ((features & SctpFeatures.Interleaving) != 0)
        {
            types[count++] = ChunkType.IData;
            types[count++] = ChunkType.IForwardTsn;
        }

        types[..count].CopyTo(Add(parameters, ref length, ParameterType.SupportedExtensions, count));
    }

    private static Span<byte> Add(Span<byte> parameters, ref int length, ushort type, int valueLength)
    {
        var value = Parameter.Write(parameters[length..], type, valueLength);
        length += Chunk.Padded(Parameter.HeaderSize + valueLength);
        return value;
    }
}
