using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Rooms;

/// <summary>
/// A room that this client is in, or owns. It follows the room, decrypts what is said in it, takes over new keys, and joins again when the session was lost. Disposing of it leaves
/// the room and zeroes its keys. Safe for concurrent use. The class is abstract so that tests can replace it; a <see cref="RoomsClient"/> makes the real one.
/// </summary>
/// <remarks>Every call fails with <c>closed</c> after the room has ended, and otherwise with the codes of <c>docs/rooms.md</c> for the method that it stands for.</remarks>
public abstract class Room : IAsyncDisposable
{
    /// <summary>Makes a room. Derive only to replace it in tests.</summary>
    protected Room()
    {
    }

    /// <summary>The room's token, the last part of its link's path. It lets people in: keep it out of logs.</summary>
    public abstract string Token { get; }

    /// <summary>Where the room stands now.</summary>
    public abstract RoomState State { get; }

    /// <summary>Whether this client's account owns the room, as the server says.</summary>
    public abstract bool IsOwner { get; }

    /// <summary>The id of this client's participation; null if it is not in the room.</summary>
    public abstract string? ParticipantId { get; }

    /// <summary>The id by which members know this client in this room.</summary>
    public abstract string MemberId { get; }

    /// <summary>The member id of the owner: who signed the first context that was read, or to whom that owner gave the room. Null if no signed context was read.</summary>
    public abstract string? OwnerMemberId { get; }

    /// <summary>The room as last heard of, without <see cref="RoomDetails.Participants"/>.</summary>
    public abstract RoomDetails Details { get; }

    /// <summary>The room itself: what it is, then what it has become after each change. Completes with an error when the room ends for this client by somebody else's doing.</summary>
    public abstract IFeed<RoomDetails, RoomDetails> Changes { get; }

    /// <summary>Who is in the room, by <see cref="Participant.Id"/>, with the names that they sealed. <c>ToLiveCollection(participant =&gt; participant.Id)</c> makes a list to bind to.</summary>
    public abstract IFeed<KeyedSnapshot<Participant>, KeyedChange<string, Participant>> Participants { get; }

    /// <summary>What is said in the room, and stays.</summary>
    public abstract RoomTimeline Timeline { get; }

    /// <summary>Completes when the room has ended for this client: with the reason, or with null if it was left or disposed of.</summary>
    public abstract Task<LoopException?> Ended { get; }

    /// <summary>The states of the room, beginning with the present one. The sequence ends after <see cref="RoomState.Ended"/>.</summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    public abstract IAsyncEnumerable<RoomState> StateChanges(CancellationToken cancellationToken = default);

    /// <summary>Makes a link to the room with its newest key. After a rotation earlier links let people in, but not read. The caller disposes of it.</summary>
    /// <exception cref="LoopException"><c>no_key</c>: the room's key is not known.</exception>
    /// <exception cref="InvalidOperationException">The room was not joined by a link, and there is no <see cref="RoomsClientOptions.RoomUrl"/>.</exception>
    public abstract RoomLink CreateLink();

    /// <summary>Joins the room, which is open to its owner.</summary>
    /// <param name="join">How, or null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It is joined already.</exception>
    public abstract Task JoinAsync(RoomJoin? join = null, CancellationToken cancellationToken = default);

    /// <summary>Leaves the room. For its owner it stays open; for everybody else it ends, and a guest's credential with it.</summary>
    /// <param name="cancellationToken">Gives up waiting for the server.</param>
    public abstract Task LeaveAsync(CancellationToken cancellationToken = default);

    /// <summary>Changes the room. Owner only.</summary>
    /// <param name="changes">What to change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The room afterwards.</returns>
    /// <exception cref="LoopException"><c>not_owner</c>, <c>room_conflict</c>, <c>content_too_large</c>, <c>invalid_name</c>.</exception>
    public abstract Task<RoomDetails> UpdateAsync(RoomChanges changes, CancellationToken cancellationToken = default);

    /// <summary>Removes somebody, and by default changes the room's key, so that they can read nothing that is said from then on. Owner only.</summary>
    /// <param name="participantId">A <see cref="Participant.Id"/> of theirs.</param>
    /// <param name="removal">How, or null for the defaults.</param>
    /// <param name="cancellationToken">Gives up. If the key is changed, they may be removed already.</param>
    /// <exception cref="LoopException"><c>not_owner</c>; <c>not_participant</c>: nobody has that id; and those of <see cref="RotateKeyAsync"/>.</exception>
    public abstract Task KickAsync(string participantId, Removal? removal = null, CancellationToken cancellationToken = default);

    /// <summary>Lets everybody who was barred join again. Owner only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_owner</c>.</exception>
    public abstract Task PardonAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives the room a new key. Those who are in it and announced get it; everybody else needs the new link from <see cref="CreateLink"/>, also those who come back. Owner only.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">
    /// <c>not_owner</c>, <c>no_key</c>, <c>unknown_epoch</c>: this client does not have the present key; <c>room_conflict</c>: others kept changing the room; or the code of a context
    /// that cannot be read, since it has to be sealed again.
    /// </exception>
    public abstract Task RotateKeyAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives the room to somebody who is in it and has an account. Owner only; afterwards this client is in the room as everybody else, if it was in it. The new owner's client takes over
    /// the key by itself.
    /// </summary>
    /// <param name="participantId">A <see cref="Participant.Id"/> of theirs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">
    /// <c>not_owner</c>, <c>not_participant</c>, <c>account_required</c>, <c>room_conflict</c>, <c>too_many_rooms</c>; <c>unknown_author</c>: they announced no keys.
    /// </exception>
    public abstract Task TransferAsync(string participantId, CancellationToken cancellationToken = default);

    /// <summary>Deletes the room with everything in it, for everybody. Owner only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_owner</c>, <c>account_required</c>: this client is a guest; <c>room_not_found</c>.</exception>
    public abstract Task DeleteAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Connects to everybody else in the room who does the same, without the server in between. The room has to be joined, by a link with its key. There is one mesh of a room at a time; it ends with
    /// the room.
    /// </summary>
    /// <param name="options">How, and with which engine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The mesh, to be disposed of. Peers come as they are found.</returns>
    /// <exception cref="LoopException"><c>unknown_service</c>: the server has no <c>AddWebRtc</c>; <c>no_key</c>; <c>closed</c>.</exception>
    /// <exception cref="InvalidOperationException">The room is not joined, or there is a mesh already.</exception>
    public abstract Task<RoomMesh> JoinMeshAsync(MeshOptions options, CancellationToken cancellationToken = default);

    /// <summary>Leaves the room if it is joined, for which it waits two seconds at most, and zeroes its keys.</summary>
    public abstract ValueTask DisposeAsync();
}
