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
        if (access.ParticipationIn(token) is { } participation)
        {
            return await GrantAsync(token, participation.User, participation, released: null, cancellationToken).ConfigureAwait(false);
        }

        if (await FindOwnAsync(access, token, cancellationToken).ConfigureAwait(false) is not { } own)
        {
            return null;
        }

        var room = core.Live.Acquire(token);
        room.SetOwner(own.Owner);
        var seat = new OwnerSeat(core, room, own.Owner);
        return await GrantAsync(token, own.Owner, seat, seat.Dispose, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<PresenceGrant> GrantAsync(string token, string user, Seat seat, Action? released, CancellationToken cancellationToken) => new()
    {
        User = IdOf(await core.StoreEpochAsync(cancellationToken).ConfigureAwait(false), token, user),
        Ended = seat.Ended,
        Reason = () => seat.Reason == ErrorCodes.Kicked ? LeaveReason.Kicked : LeaveReason.Left,
        Released = released,
    };

    // Whoever knows an account and the room cannot find out its id without the store's own random one, which is shown to nobody.
    private static string IdOf(string storeEpoch, string token, string user) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(storeEpoch), Encoding.UTF8.GetBytes($"presence\n{token}\n{user}")).AsSpan(0, IdBytes));

    private async ValueTask<RoomRecord?> FindOwnAsync(SessionAccess access, string token, CancellationToken cancellationToken) =>
        RequestChecks.IsToken(token) && await core.Storage.Rooms.GetAsync(token, cancellationToken).ConfigureAwait(false) is { } room && room.ExpiresAt > core.Now && access.IsOwn(room)
            ? room
            : null;
}
