namespace Loop.Sdk.Server.Storage;

/// <summary>A part of a feed.</summary>
/// <typeparam name="T">Its items.</typeparam>
/// <param name="Epoch">The store's identity.</param>
/// <param name="Offset">
/// The offset that the items lead to: that of the feed's own last change, not of what was written besides. So two readers between which nothing changed are at the same offset, whenever they read.
/// </param>
/// <param name="Items">The items, by offset.</param>
/// <param name="More">Whether there is more.</param>
/// <param name="SnapshotNeeded">Whether the store cannot tell what changed since: read from 0.</param>
public sealed record UserAgentChanges<T>(string Epoch, long Offset, IReadOnlyList<T> Items, bool More = false, bool SnapshotNeeded = false)
{
    /// <summary>Addresses of places that are not in the feed, and may have been before.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];
}
