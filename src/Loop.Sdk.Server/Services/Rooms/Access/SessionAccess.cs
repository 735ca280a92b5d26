using Loop.Sdk.Feeds;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>What a session may do in which room.</summary>
internal sealed class SessionAccess(RoomsCore core, SessionRooms session)
{
    /// <summary>The session's account.</summary>
    /// <exception cref="LoopException"><c>account_required</c>.</exception>
    public string Account => session.Account is { } account && !session.IsImpostor ? account : throw RoomErrors.AccountRequired();

    /// <summary>The session's participation in a room, if it lasts.</summary>
    public Participation? ParticipationIn(string token) => session.Find(token) is { Reason: null } participation ? participation : null;

    /// <summary>The same, for those who must be in the room.</summary>
    /// <exception cref="LoopException">Why it is not: <c>not_participant</c> and others.</exception>
    public Participation RequireParticipation(string token) => ParticipationIn(token) ?? throw NotIn(token);

    /// <summary>A room that the account owns.</summary>
    /// <exception cref="LoopException"><c>room_not_found</c>, <c>not_owner</c>.</exception>
    public async ValueTask<RoomRecord> RequireOwnAsync(string token, CancellationToken cancellationToken)
    {
        var room = await core.FindAsync(token, cancellationToken).ConfigureAwait(false);
        return IsOwn(room) ? room : throw RoomErrors.NotOwner();
    }

    public bool IsOwn(RoomRecord room) => session.Account == room.Owner && !session.IsImpostor;

    /// <summary>The account or guest who is in a room, or owns it.</summary>
    /// <exception cref="LoopException"><c>room_not_found</c>, or why it is not: <c>not_participant</c> and others.</exception>
    public async ValueTask<string> RequireUserAsync(string token, CancellationToken cancellationToken)
    {
        if (ParticipationIn(token) is { } participation)
        {
            return participation.User;
        }

        var room = await core.FindAsync(token, cancellationToken).ConfigureAwait(false);
        return IsOwn(room) ? room.Owner : throw NotIn(token);
    }

    /// <summary>Opens a feed of a room for somebody who is in it, or owns it.</summary>
    /// <param name="token">The room's token.</param>
    /// <param name="feed">Which feed.</param>
    /// <param name="isWatcher">Whether the feed is one that the room keeps up to date only for those who follow it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<FeedGrant<TSnapshot, TChange>> OpenAsync<TSnapshot, TChange>(
        string token, Func<LiveRoom, IFeed<TSnapshot, TChange>> feed, bool isWatcher, CancellationToken cancellationToken)
    {
        var user = await RequireUserAsync(token, cancellationToken).ConfigureAwait(false);
        var room = core.Live.Acquire(token);
        OwnerSeat? own = null;
        var participation = ParticipationIn(token);
        if (participation is null || participation.Room.Owner == user)
        {
            own = new OwnerSeat(core, room, user);
            participation = null;
        }

        if (isWatcher)
        {
            room.AddWatcher();
        }

        var seat = own ?? (Seat)participation!;
        var grant = new FeedGrant<TSnapshot, TChange>(
            feed(room), () => RoomErrors.Of(seat.Reason ?? ErrorCodes.NotParticipant), () => Release(room, own, isWatcher), seat.Ended);
        try
        {
            if (isWatcher)
            {
                await room.RefreshAsync(cancellationToken).ConfigureAwait(false);
            }

            return grant;
        }
        catch
        {
            grant.Dispose();
            throw;
        }
    }

    private void Release(LiveRoom room, OwnerSeat? own, bool isWatcher)
    {
        if (isWatcher)
        {
            room.RemoveWatcher();
        }

        if (own is null)
        {
            core.Live.Release(room);
        }
        else
        {
            own.Dispose();
        }
    }

    private LoopException NotIn(string token) => RoomErrors.Of(session.Find(token)?.Reason ?? ErrorCodes.NotParticipant);
}
