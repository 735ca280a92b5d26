using System.Buffers.Binary;
using System.Text;

namespace Loop.Sdk.Cryptography;

/// <summary>Writes what is authenticated but not sent. Every text is preceded by its length, so that no two lists of fields have the same bytes.</summary>
internal ref struct FieldWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _destination[.._length];

    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[_length..]);
        _length += bytes.Length;
    }

    /// <summary>A text: 16 bits of length, big-endian, then UTF-8.</summary>
    public void Text(scoped ReadOnlySpan<char> text)
    {
        var bytes = Encoding.UTF8.GetBytes(text, _destination[(_length + sizeof(ushort))..]);
        BinaryPrimitives.WriteUInt16BigEndian(_destination[_length..], (ushort)bytes);
        _length += sizeof(ushort) + bytes;
    }

    public void Number(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_destination[_length..], value);
        _length += sizeof(int);
    }

    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_destination[_length..], value);
        _length += sizeof(long);
    }
}
