using System.Buffers;

namespace Loop.Sdk.Contracts;

internal sealed class NothingCodec : PayloadCodec<Nothing>
{
    internal override ReadOnlyMemory<byte> Encode(Nothing value) => default;

    public override void Write(Nothing value, IBufferWriter<byte> destination)
    {
    }

    // A newer peer may have given the method a parameter: what it sends is passed over.
    public override Nothing Read(ReadOnlySpan<byte> payload) => default;
}
