namespace Loop.Sdk.Feeds;

/// <summary>A place in a feed's history.</summary>
/// <param name="Epoch">Which history: a new number whenever the source lost or rebuilt its state, so that offsets are never compared across.</param>
/// <param name="Offset">How many changes were made before and including this place, 0 or more.</param>
public readonly record struct FeedPosition(ulong Epoch, long Offset);
