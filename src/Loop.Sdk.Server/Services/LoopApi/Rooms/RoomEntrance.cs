using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Lets callers into rooms and out of them. Nothing but the store knows that they are in: they have no session that could end, and are gone when their time is over.</summary>
internal sealed class RoomEntrance(RoomsCore rooms, ILoopMediaProvider media)
{
    private const int MaxSessionToken = 1024;

    public async Task JoinAsync(ApiCall call, ApiBody body, RoomRecord room, RoomCaller caller)
    {
        call.RequireJson();
        body.Require("displayName", "clientMaxSize");
        var name = body.Text("displayName")!;
        DisplayText.Check(name, rooms.Options.MaxDisplayName);
        var size = body.Number("clientMaxSize") is { } number and >= 1 and <= int.MaxValue ? (int)number : throw ApiErrors.Invalid("clientMaxSize should be a number, 1 or more");

        var now = rooms.Now;
        var expiresAt = now + (long)rooms.Options.Lease.TotalMilliseconds;
        var id = Guid.NewGuid().ToString();
        var (guest, session) = await AdmitAsync(room, caller, id, now, expiresAt, call.Aborted).ConfigureAwait(false);
        var join = new RoomJoin
        {
            Room = room.Token,
            Id = id,
            User = guest?.User ?? caller.User!,
            Session = caller.Device,
            DisplayName = name,
            ClientMaxSize = size,
            ExpiresAt = expiresAt,
            ExtendRoomTo = now + (long)rooms.Options.MaxRoomLifetime.TotalMilliseconds,
            Guest = guest,
        };
        var result = await rooms.Storage.Participants.JoinAsync(join, now, call.Aborted).ConfigureAwait(false);
        if (result.Outcome != JoinOutcome.Joined)
        {
            throw RoomErrors.Of(result.Outcome);
        }

        Tell(result, now);
        await call.AnswerAsync(StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("apiKey", session.ApiKey);
            writer.WriteString("sessionId", session.SessionId);
            writer.WriteString("sessionToken", session.SessionToken);
            writer.WriteNumber("expires", (long)rooms.Options.Lease.TotalSeconds);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    /// <summary>Ends a participation.</summary>
    /// <returns>Whether it was there.</returns>
    public async ValueTask<bool> LeaveAsync(OccupiedRoom room, ParticipantRecord own, CancellationToken cancellationToken)
    {
        var now = rooms.Now;
        if (await rooms.Storage.Participants.LeaveAsync(own.Room, own.Id, now, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        rooms.Live.Find(own.Room)?.Members.Find(own.Id)?.End(ErrorCodes.NotParticipant);
        rooms.Changed(own.Room, room.Room.Owner, now);
        if (GuestRecord.IdOf(own.User) is { } guest && room.Present.Count(participant => participant.User == own.User) == 1)
        {
            await rooms.Storage.Members.RemoveGuestAsync(own.Room, guest, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async ValueTask<(GuestRecord? Guest, LoopMediaSession Session)> AdmitAsync(
        RoomRecord room, RoomCaller caller, string participant, long now, long expiresAt, CancellationToken cancellationToken)
    {
        var credential = caller.GuestToken;
        var guest = caller.Guest is { } known ? known with { ExpiresAt = expiresAt } : caller.User is null ? GuestSecret.New(room.Token, now, expiresAt, out credential) : null;
        var join = new LoopMediaJoin(room.Token, participant) { IsModerator = caller.User == room.Owner, Channel = room.Channel, GuestCredential = credential };
        var session = await media.JoinAsync(join, cancellationToken).ConfigureAwait(false);
        if (guest is null || session.SessionToken == credential)
        {
            return (guest, session);
        }

        // The provider has tokens of its own: the guest is who shows this one.
        if (!RequestCheck.IsVisible(session.SessionToken, 1, MaxSessionToken) || session.SessionToken.Contains(':', StringComparison.Ordinal))
        {
            throw ApiErrors.Unavailable();
        }

        if (caller.Guest is { } former)
        {
            await EndAsync(room, former, cancellationToken).ConfigureAwait(false);
        }

        return (GuestSecret.OfToken(room.Token, session.SessionToken, now, expiresAt), session);
    }

    private async ValueTask EndAsync(RoomRecord room, GuestRecord guest, CancellationToken cancellationToken)
    {
        var present = await rooms.Storage.Participants.ListAsync(room.Token, rooms.Now, cancellationToken).ConfigureAwait(false);
        if (present.FirstOrDefault(participant => participant.User == guest.User) is { } own)
        {
            await LeaveAsync(new OccupiedRoom(room, present), own, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Tell(JoinResult result, long now)
    {
        var room = result.Room!;
        if (rooms.Live.Find(room.Token) is { } live)
        {
            if (result.Replaced is { } replaced)
            {
                live.Members.Find(replaced)?.End(ErrorCodes.NotParticipant);
            }

            live.Changed(new OccupiedRoom(room, result.Present));
        }

        rooms.OwnerChanged(room.Owner, now);
    }
}
