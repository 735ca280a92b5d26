using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Presence;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>
/// The rule of the scopes <c>room:token</c>: for those who are in the room, and its owner. Users are shown under an id that is another one in each room and says nothing of the account.
/// </summary>
internal sealed class RoomScopeRule(RoomsCore core) : PresenceScopeRule(KindOfScope)
{
    private const string KindOfScope = "room";
    private const int IdBytes = 16;

    public override ValueTask<PresenceGrant?> EnterAsync(LoopSession session, string name, CancellationToken cancellationToken) => GrantAsync(session, name, cancellationToken);

    public override ValueTask<PresenceGrant?> WatchAsync(LoopSession session, string name, CancellationToken cancellationToken) => GrantAsync(session, name, cancellationToken);

    public override async ValueTask<bool> MayKickAsync(LoopSession session, string name, CancellationToken cancellationToken) =>
        await FindOwnAsync(new SessionAccess(core, core.Sessions.Of(session)), name, cancellationToken).ConfigureAwait(false) is not null;

    private async ValueTask<PresenceGrant?> GrantAsync(LoopSession session, string token, CancellationToken cancellationToken)
    {
        var access = new SessionAccess(core, core.Sessions.Of(session));
        var participation = access.ParticipationIn(token);
        var user = participation?.User ?? (await FindOwnAsync(access, token, cancellationToken).ConfigureAwait(false))?.Owner;
        if (user is null)
        {
            return null;
        }

        // Watched like a feed of the room, so that its end is noticed.
        var room = core.Live.Acquire(token);
        var own = participation is null ? new OwnerSeat(core, core.Live.Acquire(token), user) : null;
        room.AddWatcher();
        try
        {
            var id = IdOf(await core.StoreEpochAsync(cancellationToken).ConfigureAwait(false), token, user);
            await room.RefreshAsync(cancellationToken).ConfigureAwait(false);
            var seat = own ?? (Seat)participation!;
            return new PresenceGrant { User = id, Ended = seat.Ended, Reason = () => ReasonOf(seat), Released = () => Release(room, own) };
        }
        catch (Exception exception)
        {
            Release(room, own);
            if (exception is LoopException { Code: ErrorCodes.RoomNotFound })
            {
                return null;
            }

            throw;
        }
    }

    private void Release(LiveRoom room, OwnerSeat? own)
    {
        room.RemoveWatcher();
        own?.Dispose();
        core.Live.Release(room);
    }

    private static LeaveReason ReasonOf(Seat seat) => seat.Reason == ErrorCodes.Kicked ? LeaveReason.Kicked : LeaveReason.Left;

    // Whoever knows an account and the room cannot find out its id without the store's own random one, which is shown to nobody.
    private static string IdOf(string storeEpoch, string token, string user) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(storeEpoch), Encoding.UTF8.GetBytes($"presence\n{token}\n{user}")).AsSpan(0, IdBytes));

    private async ValueTask<RoomRecord?> FindOwnAsync(SessionAccess access, string token, CancellationToken cancellationToken) =>
        RequestChecks.IsToken(token) && await core.Storage.Rooms.GetAsync(token, cancellationToken).ConfigureAwait(false) is { } room && room.ExpiresAt > core.Now && access.IsOwn(room)
            ? room
            : null;
}
