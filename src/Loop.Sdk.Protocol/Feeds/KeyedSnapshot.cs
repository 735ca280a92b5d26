namespace Loop.Sdk.Feeds;

/// <summary>The whole state of a keyed feed. A contract that uses it adds <c>[JsonSerializable(typeof(KeyedSnapshot&lt;…&gt;))]</c> to its JSON context.</summary>
/// <typeparam name="TItem">The items, each of which contains its key.</typeparam>
/// <param name="Items">Every item, in no particular order. What is not here does not exist any more.</param>
public sealed record KeyedSnapshot<TItem>(IReadOnlyList<TItem> Items);
