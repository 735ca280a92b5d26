namespace Loop.Sdk.Rooms;

/// <summary>
/// Where a client remembers rooms, so that after its own restart it is the same member, and still notices when it is given something older than it has seen. Without one,
/// rooms are remembered as long as the <see cref="RoomsClient"/> lives. Calls for one room do not overlap; calls for several may.
/// </summary>
public interface IRoomMemory
{
    /// <summary>Gives what was remembered of a room, or null.</summary>
    /// <param name="token">The room's token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<RememberedRoom?> LoadAsync(string token, CancellationToken cancellationToken = default);

    /// <summary>Remembers a room, in place of what was remembered of it.</summary>
    /// <param name="room">What to remember.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask SaveAsync(RememberedRoom room, CancellationToken cancellationToken = default);
}
