using System.Buffers;

namespace Loop.Sdk.Contracts;

internal sealed class RawCodec : PayloadCodec<ReadOnlyMemory<byte>>
{
    internal override bool IsRaw => true;

    public override void Write(ReadOnlyMemory<byte> value, IBufferWriter<byte> destination) => destination.Write(value.Span);

    public override ReadOnlyMemory<byte> Read(ReadOnlySpan<byte> payload) => payload.ToArray();
}
