using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Rooms.Harness;

/// <summary>A store in memory some of whose operations fail when the test wants it.</summary>
internal sealed class FailingStorage : IRoomStorage, IRoomStore, IParticipantStore
{
    private readonly MemoryRoomStorage _store = new();
    private readonly TaskCompletionSource _listFailed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failSweeps;

    public int FailSweeps
    {
        get => Volatile.Read(ref _failSweeps);
        set => Volatile.Write(ref _failSweeps, value);
    }

    /// <summary>Whether reading who is in a room fails.</summary>
    public bool FailLists { get; set; }

    /// <summary>Ends when that has happened.</summary>
    public Task ListFailed => _listFailed.Task;

    public IRoomStore Rooms => this;

    public IParticipantStore Participants => this;

    public IMemberStore Members => _store.Members;

    public ITimelineStore Timelines => _store.Timelines;

    public void AddTo(IServiceCollection services) => services.AddSingleton<IRoomStorage>(this);

    public Task<string> GetEpochAsync(CancellationToken cancellationToken) => _store.Rooms.GetEpochAsync(cancellationToken);

    public Task<RoomResult> CreateAsync(NewRoom room, CancellationToken cancellationToken) => _store.Rooms.CreateAsync(room, cancellationToken);

    public Task<RoomRecord?> GetAsync(string token, CancellationToken cancellationToken) => _store.Rooms.GetAsync(token, cancellationToken);

    public Task<OccupiedRoom?> GetOccupiedAsync(string token, long now, CancellationToken cancellationToken) =>
        FailLists ? throw ListUnavailable() : _store.Rooms.GetOccupiedAsync(token, now, cancellationToken);

    public Task<RoomChanges> ListAsync(string owner, long since, int limit, CancellationToken cancellationToken) => _store.Rooms.ListAsync(owner, since, limit, cancellationToken);

    public Task<IReadOnlyList<string>> ListGoneAsync(string owner, long since, int limit, CancellationToken cancellationToken) =>
        _store.Rooms.ListGoneAsync(owner, since, limit, cancellationToken);

    public Task<RoomResult> UpdateAsync(string token, RoomUpdate update, long now, CancellationToken cancellationToken) => _store.Rooms.UpdateAsync(token, update, now, cancellationToken);

    public Task<RoomResult> RotateAsync(string token, RoomRotation rotation, long now, CancellationToken cancellationToken) => _store.Rooms.RotateAsync(token, rotation, now, cancellationToken);

    public Task<RoomResult> TransferAsync(string token, RoomTransfer transfer, long now, CancellationToken cancellationToken) => _store.Rooms.TransferAsync(token, transfer, now, cancellationToken);

    public Task<IReadOnlyList<string>> DeleteAsync(string owner, IReadOnlyCollection<string> tokens, long now, CancellationToken cancellationToken) =>
        _store.Rooms.DeleteAsync(owner, tokens, now, cancellationToken);

    public Task<RoomSweepResult> SweepAsync(RoomSweep sweep, CancellationToken cancellationToken)
    {
        if (FailSweeps == 0)
        {
            return _store.Rooms.SweepAsync(sweep, cancellationToken);
        }

        FailSweeps--;
        throw Unavailable();
    }

    public Task<JoinResult> JoinAsync(RoomJoin join, long now, CancellationToken cancellationToken) => _store.Participants.JoinAsync(join, now, cancellationToken);

    public Task<ParticipantOutcome> RefreshAsync(string room, string id, long expiresAt, long now, CancellationToken cancellationToken) =>
        _store.Participants.RefreshAsync(room, id, expiresAt, now, cancellationToken);

    public Task<ParticipantRecord?> LeaveAsync(string room, string id, long now, CancellationToken cancellationToken) => _store.Participants.LeaveAsync(room, id, now, cancellationToken);

    public Task<IReadOnlyList<ParticipantRecord>> RemoveUserAsync(string room, string user, bool bar, long now, CancellationToken cancellationToken) =>
        _store.Participants.RemoveUserAsync(room, user, bar, now, cancellationToken);

    public Task<int> PardonAsync(string room, CancellationToken cancellationToken) => _store.Participants.PardonAsync(room, cancellationToken);

    public Task<IReadOnlyList<ParticipantRecord>> ListAsync(string room, long now, CancellationToken cancellationToken) =>
        FailLists ? throw ListUnavailable() : _store.Participants.ListAsync(room, now, cancellationToken);

    private LoopException ListUnavailable()
    {
        _listFailed.TrySetResult();
        return Unavailable();
    }

    private static LoopException Unavailable() => new(ErrorCodes.StoreUnavailable, "The disk is full.") { Retryable = true };
}
