using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>One change in a feed's history. Its payload carries the offset but no epoch, and is the same for every subscriber. Used under the feed's lock.</summary>
internal sealed class FeedEntry<TChange>(TChange change, FeedPosition position)
{
    private PayloadCache _payloads;

    public TChange Change => change;

    public FeedPosition Position => position;

    /// <summary>Bytes of the payloads made so far.</summary>
    public int Bytes => _payloads.Bytes;

    public byte[] PayloadFor(PayloadCodec<TChange> codec) =>
        _payloads.Find(codec) ?? _payloads.Add(codec, FeedWire.EncodeChange(change, position.Offset, codec));
}
