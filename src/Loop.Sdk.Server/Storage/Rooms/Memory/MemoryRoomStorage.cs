namespace Loop.Sdk.Server.Storage;

/// <summary>Keeps rooms in memory only: for tests, and for hosts that need not remember anything.</summary>
public sealed class MemoryRoomStorage : IRoomStorage
{
    /// <summary>Makes an empty store.</summary>
    public MemoryRoomStorage()
    {
        var state = new MemoryState();
        Rooms = new MemoryRoomStore(state);
        Participants = new MemoryParticipantStore(state);
        Members = new MemoryMemberStore(state);
        Timelines = new MemoryTimelineStore(state);
    }

    /// <inheritdoc/>
    public IRoomStore Rooms { get; }

    /// <inheritdoc/>
    public IParticipantStore Participants { get; }

    /// <inheritdoc/>
    public IMemberStore Members { get; }

    /// <inheritdoc/>
    public ITimelineStore Timelines { get; }
}
