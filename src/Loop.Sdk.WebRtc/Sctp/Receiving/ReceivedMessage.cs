namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A message in pooled memory. It counts against the receive window until it is returned by <see cref="SctpAssociation.Return"/>, once.</summary>
/// <param name="Block">The memory, which may be larger than the message.</param>
/// <param name="Length">Bytes of the message; they begin where the memory does.</param>
/// <param name="Ppid">What the message is to the protocol above.</param>
internal readonly record struct ReceivedMessage(byte[] Block, int Length, uint Ppid)
{
    public ReadOnlySpan<byte> Span => Block.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => Block.AsMemory(0, Length);
}
