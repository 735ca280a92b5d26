using System.Buffers;
using Loop.Sdk.Calls;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Contracts;

internal sealed class RawCodec : PayloadCodec<ReadOnlyMemory<byte>>
{
    internal override bool IsRaw => true;

    internal override ItemBuffer<ReadOnlyMemory<byte>> CreateBuffer(SessionStream stream) => new RawItemBuffer(stream);

    internal override ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> value) => value;

    internal override ReadOnlyMemory<byte> ReadOwned(byte[] payload) => payload;

    public override void Write(ReadOnlyMemory<byte> value, IBufferWriter<byte> destination) => destination.Write(value.Span);

    public override ReadOnlyMemory<byte> Read(ReadOnlySpan<byte> payload) => payload.ToArray();
}
