using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>One change in a feed's history. Its payload carries the offset but no epoch, and is the same for every subscriber. Used under the feed's lock.</summary>
/// <param name="change">The change.</param>
/// <param name="position">The position after it.</param>
/// <param name="follows">The offset before it: the one before, unless the change stands for several.</param>
internal sealed class FeedEntry<TChange>(TChange change, FeedPosition position, long follows)
{
    private PayloadCache _payloads;

    public FeedEntry(TChange change, FeedPosition position)
        : this(change, position, position.Offset - 1)
    {
    }

    public TChange Change => change;

    public FeedPosition Position => position;

    public long Follows => follows;

    /// <summary>Bytes of the payloads made so far.</summary>
    public int Bytes => _payloads.Bytes;

    public byte[] PayloadFor(PayloadCodec<TChange> codec) =>
        _payloads.Find(codec) ?? _payloads.Add(codec, FeedWire.EncodeChange(change, position.Offset, follows, codec));
}
