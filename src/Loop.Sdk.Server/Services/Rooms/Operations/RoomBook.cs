using System.Buffers.Text;
using System.Security.Cryptography;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Creates, shows, changes and deletes rooms.</summary>
internal sealed class RoomBook(RoomsCore core, SessionRooms session, SessionAccess access)
{
    private const int TokenSize = 16;

    public RoomRef Reserve()
    {
        _ = access.Account;
        var token = NewToken();
        session.Reserve(token);
        return new RoomRef(token);
    }

    public async Task<RoomInfo> CreateAsync(CreateRoom room, CancellationToken cancellationToken)
    {
        var owner = access.Account;
        var record = Checked(RequestChecks.Request(room), owner);
        if (room.Token is not null && !session.HasReserved(record.Token) && !await OwnsAsync(record, cancellationToken).ConfigureAwait(false))
        {
            throw RoomErrors.Of(ErrorCodes.TokenNotReserved);
        }

        var result = await core.Storage.Rooms.CreateAsync(record, cancellationToken).ConfigureAwait(false);
        if (result.Outcome == RoomOutcome.Conflict && result.Room!.Owner == owner && result.Room.ExpiresAt > core.Now)
        {
            return await ShowAsync(result.Room, RoomAccess.Owner, cancellationToken).ConfigureAwait(false);
        }

        if (result.Outcome != RoomOutcome.Done)
        {
            throw result.Outcome == RoomOutcome.Conflict ? RoomErrors.Of(ErrorCodes.TokenNotReserved) : RoomErrors.Of(result.Outcome);
        }

        session.Use(record.Token);
        core.OwnerChanged(owner, record.CreatedAt);
        return RoomViews.Of(result.Room!, [], RoomAccess.Owner);
    }

    public async Task<RoomInfo> GetAsync(RoomRef room, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(room).Token);
        var record = await core.FindAsync(token, cancellationToken).ConfigureAwait(false);
        return access.IsOwn(record) ? await ShowAsync(record, RoomAccess.Owner, cancellationToken).ConfigureAwait(false)
            : access.ParticipationIn(token) is not null ? await ShowAsync(record, RoomAccess.Participant, cancellationToken).ConfigureAwait(false)
            : RoomViews.Of(record, [], RoomAccess.Public);
    }

    public async Task<RoomInfo> UpdateAsync(UpdateRoom update, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(update).Token);
        var room = await access.RequireOwnAsync(token, cancellationToken).ConfigureAwait(false);
        var changes = Checked(update, room);
        var now = core.Now;
        var result = await core.Storage.Rooms.UpdateAsync(token, changes, now, cancellationToken).ConfigureAwait(false);
        if (result.Outcome != RoomOutcome.Done)
        {
            throw RoomErrors.Of(result.Outcome);
        }

        core.Changed(token, result.Room!.Owner, now);
        return await ShowAsync(result.Room, RoomAccess.Owner, cancellationToken).ConfigureAwait(false);
    }

    public async Task<DeletedRooms> DeleteAsync(DeleteRooms rooms, CancellationToken cancellationToken)
    {
        var owner = access.Account;
        var tokens = RequestChecks.Request(rooms).Tokens;
        RequestChecks.Count(tokens.Count, 1, RoomStorageLimits.MaxItems, "rooms");
        foreach (var token in tokens)
        {
            RequestChecks.Token(token);
        }

        if (tokens.Distinct(StringComparer.Ordinal).Count() != tokens.Count)
        {
            throw RoomErrors.Invalid("A room is named twice.");
        }

        var deleted = await core.DeleteAsync(owner, [.. tokens], cancellationToken).ConfigureAwait(false);
        var results = new List<DeletedRoom>(tokens.Count);
        foreach (var token in tokens)
        {
            results.Add(new DeletedRoom(token, deleted.Contains(token) ? null : await WhyNotAsync(token, cancellationToken).ConfigureAwait(false)));
        }

        return new DeletedRooms(results);
    }

    /// <summary>A room with everybody in it.</summary>
    public async Task<RoomInfo> ShowAsync(RoomRecord room, RoomAccess shown, CancellationToken cancellationToken) =>
        RoomViews.Of(room, await core.Storage.Participants.ListAsync(room.Token, core.Now, cancellationToken).ConfigureAwait(false), shown);

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenSize));

    private async ValueTask<bool> OwnsAsync(NewRoom room, CancellationToken cancellationToken) =>
        (await core.Storage.Rooms.GetAsync(room.Token, cancellationToken).ConfigureAwait(false))?.Owner == room.Owner;

    private async ValueTask<string> WhyNotAsync(string token, CancellationToken cancellationToken) =>
        await core.Storage.Rooms.GetAsync(token, cancellationToken).ConfigureAwait(false) is { } room && room.ExpiresAt > core.Now
            ? ErrorCodes.NotOwner
            : ErrorCodes.RoomNotFound;

    private NewRoom Checked(CreateRoom room, string owner)
    {
        var now = core.Now;
        CheckSize(room.MaxSize);
        CheckNames(room.RoomName, room.OwnerName, room.Context is not null);
        RequestChecks.Epoch(room.Epoch);
        RequestChecks.WrappedKey(room.WrappedKey);
        return new NewRoom
        {
            Token = room.Token is null ? NewToken() : RequestChecks.Token(room.Token),
            Owner = owner,
            CreatedAt = now,
            ExpiresAt = now + CheckedLifetime(room.ExpiresInSeconds, least: 1),
            FixedExpiry = room.ExpiresInSeconds is not null,
            OwnerLimit = core.Options.MaxRoomsPerOwner,
            MaxSize = room.MaxSize ?? core.Options.MaxParticipants,
            Locked = room.Locked,
            RoomName = room.RoomName,
            OwnerName = room.OwnerName,
            Context = ContextChecks.Check(room.Context, room.Epoch, core.Options.MaxContext),
            WrappedKey = room.WrappedKey,
            Epoch = room.Epoch,
        };
    }

    private RoomUpdate Checked(UpdateRoom update, RoomRecord room)
    {
        CheckSize(update.MaxSize);
        CheckNames(update.RoomName, update.OwnerName, update.Context is not null);
        RequestChecks.WrappedKey(update.WrappedKey);
        return new RoomUpdate
        {
            ExpectedVersion = update.ExpectedVersion,
            ExpiresAt = update.ExpiresInSeconds is null ? null : core.Now + CheckedLifetime(update.ExpiresInSeconds, least: 0),
            FixedExpiry = update.ExpiresInSeconds is { } seconds ? seconds > 0 : null,
            MaxSize = update.MaxSize,
            Locked = update.Locked,
            RoomName = update.Context is null ? update.RoomName : "",
            OwnerName = update.OwnerName,
            Context = ContextChecks.Check(update.Context, room.Epoch, core.Options.MaxContext),
            WrappedKey = update.WrappedKey,
        };
    }

    private void CheckSize(int? size) => RequestChecks.Range(size ?? 1, 1, core.Options.MaxParticipants, "size");

    private void CheckNames(string? roomName, string? ownerName, bool hasContext)
    {
        if (hasContext && !string.IsNullOrEmpty(roomName))
        {
            throw RoomErrors.Invalid("A room with a context has no name in clear.");
        }

        DisplayText.Check(roomName ?? "", core.Options.MaxRoomName);
        DisplayText.Check(ownerName ?? "", core.Options.MaxOwnerName);
    }

    /// <summary>Milliseconds; 0 and null are for as long as may be.</summary>
    private long CheckedLifetime(long? seconds, long least)
    {
        var most = (long)core.Options.MaxRoomLifetime.TotalSeconds;
        RequestChecks.Range(seconds ?? most, least, most, "number of seconds");
        return (seconds is null or 0 ? most : seconds.Value) * 1000;
    }
}
