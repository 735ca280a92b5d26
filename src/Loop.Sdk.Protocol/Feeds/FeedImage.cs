using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>The whole state at one position, shared by all who need it there: after a restart that is everybody at once.</summary>
internal sealed class FeedImage<TSnapshot>(TSnapshot snapshot, FeedPosition position)
{
    private readonly Lock _lock = new();
    private PayloadCache _payloads;

    public TSnapshot Snapshot => snapshot;

    public FeedPosition Position => position;

    /// <summary>Gives the payload. The first to ask serialises, while others who need the same wait, but nobody else does.</summary>
    public byte[] PayloadFor(PayloadCodec<TSnapshot> codec)
    {
        lock (_lock)
        {
            return _payloads.Find(codec) ?? _payloads.Add(codec, FeedWire.EncodeSnapshot(snapshot, position, codec));
        }
    }
}
