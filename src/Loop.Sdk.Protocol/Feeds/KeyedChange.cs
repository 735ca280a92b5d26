using System.Text.Json.Serialization;

namespace Loop.Sdk.Feeds;

/// <summary>
/// One change of a keyed feed: any number of items put and removed at once, no key twice. A contract that uses it adds
/// <c>[JsonSerializable(typeof(KeyedChange&lt;…, …&gt;))]</c> to its JSON context.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TItem">The items, each of which contains its key.</typeparam>
public sealed record KeyedChange<TKey, TItem>
{
    /// <summary>The items that are new or take the place of the one with the same key, or null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TItem>? Put { get; init; }

    /// <summary>
    /// The keys of the items that are gone, or null for none. A subscriber that was away learns of a removal from this tombstone while the history
    /// holds it, and from the item's absence in the snapshot afterwards.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TKey>? Removed { get; init; }
}
