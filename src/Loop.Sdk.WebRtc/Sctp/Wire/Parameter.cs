using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A parameter of a chunk, or a cause of an error.</summary>
internal readonly ref struct Parameter(ushort type, ReadOnlySpan<byte> whole)
{
    public const int HeaderSize = 4;

    public ushort Type { get; } = type;

    /// <summary>With its header and without its padding.</summary>
    public ReadOnlySpan<byte> Whole { get; } = whole;

    public ReadOnlySpan<byte> Value => Whole[HeaderSize..];

    /// <summary>Takes the first parameter; false, if there is none or if its length is not that of a parameter.</summary>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> parameters, out Parameter parameter)
    {
        parameter = default;
        if (parameters.Length < HeaderSize)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(parameters[2..]);
        if (length < HeaderSize || length > parameters.Length)
        {
            return false;
        }

        parameter = new Parameter(BinaryPrimitives.ReadUInt16BigEndian(parameters), parameters[..length]);
        parameters = parameters[Math.Min(Chunk.Padded(length), parameters.Length)..];
        return true;
    }

    /// <summary>Writes the header; gives back where the value goes.</summary>
    public static Span<byte> Write(Span<byte> destination, ushort type, int valueLength)
    {
        var length = HeaderSize + valueLength;
        BinaryPrimitives.WriteUInt16BigEndian(destination, type);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)length);
        destination[length..Chunk.Padded(length)].Clear();
        return destination[HeaderSize..length];
    }
}
