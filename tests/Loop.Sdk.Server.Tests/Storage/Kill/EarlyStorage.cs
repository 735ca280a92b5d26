using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Kill;

/// <summary>A store that does what no store may: it acknowledges changes of rooms before their commit. The kill test must notice.</summary>
internal sealed class EarlyStorage(IRoomStorage store) : IRoomStorage, IRoomStore
{
    public IRoomStore Rooms => this;

    public IParticipantStore Participants => store.Participants;

    public IMemberStore Members => store.Members;

    public ITimelineStore Timelines => store.Timelines;

    public Task<string> GetEpochAsync(CancellationToken cancellationToken) => store.Rooms.GetEpochAsync(cancellationToken);

    public Task<RoomResult> CreateAsync(NewRoom room, CancellationToken cancellationToken) => Early(store.Rooms.CreateAsync(room, cancellationToken));

    public Task<RoomRecord?> GetAsync(string token, CancellationToken cancellationToken) => store.Rooms.GetAsync(token, cancellationToken);

    public Task<OccupiedRoom?> GetOccupiedAsync(string token, long now, CancellationToken cancellationToken) => store.Rooms.GetOccupiedAsync(token, now, cancellationToken);

    public Task<RoomChanges> ListAsync(string owner, long since, int limit, CancellationToken cancellationToken) => store.Rooms.ListAsync(owner, since, limit, cancellationToken);

    public Task<IReadOnlyList<string>> ListGoneAsync(string owner, long since, int limit, CancellationToken cancellationToken) =>
        store.Rooms.ListGoneAsync(owner, since, limit, cancellationToken);

    public Task<RoomResult> UpdateAsync(string token, RoomUpdate update, long now, CancellationToken cancellationToken) =>
        Early(store.Rooms.UpdateAsync(token, update, now, cancellationToken));

    public Task<RoomResult> RotateAsync(string token, RoomRotation rotation, long now, CancellationToken cancellationToken) =>
        Early(store.Rooms.RotateAsync(token, rotation, now, cancellationToken));

    public Task<RoomResult> TransferAsync(string token, RoomTransfer transfer, long now, CancellationToken cancellationToken) =>
        store.Rooms.TransferAsync(token, transfer, now, cancellationToken);

    public Task<IReadOnlyList<string>> DeleteAsync(string owner, IReadOnlyCollection<string> tokens, long now, CancellationToken cancellationToken)
    {
        _ = store.Rooms.DeleteAsync(owner, tokens, now, cancellationToken);
        return Task.FromResult<IReadOnlyList<string>>([.. tokens]);
    }

    public Task<RoomSweepResult> SweepAsync(RoomSweep sweep, CancellationToken cancellationToken) => store.Rooms.SweepAsync(sweep, cancellationToken);

    // The write is queued, and nobody waits for it.
    private static Task<RoomResult> Early(Task<RoomResult> write)
    {
        _ = write;
        return Task.FromResult(new RoomResult(RoomOutcome.Done, null));
    }
}
