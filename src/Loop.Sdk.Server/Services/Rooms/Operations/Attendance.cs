using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Who comes, stays and goes.</summary>
internal sealed class Attendance(RoomsCore core, SessionRooms session, SessionAccess access)
{
    public async Task<JoinedRoom> JoinAsync(JoinRoom join, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(join).Token);
        Check(join);
        await session.Joining.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await JoinAsync(token, join, cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error)
        {
            core.Metrics.Joined(error.Code);
            throw;
        }
        finally
        {
            session.Joining.Release();
        }
    }

    public async Task<RoomLease> RefreshAsync(RoomRef room, CancellationToken cancellationToken)
    {
        var participation = access.RequireParticipation(RequestChecks.Token(RequestChecks.Request(room).Token));
        return await core.Leases.RenewAsync(participation, cancellationToken).ConfigureAwait(false)
            ? Lease(participation.ExpiresAt)
            : throw RoomErrors.Of(participation.Reason ?? ErrorCodes.ParticipationExpired);
    }

    public async Task LeaveAsync(RoomRef room, CancellationToken cancellationToken)
    {
        var participation = access.RequireParticipation(RequestChecks.Token(RequestChecks.Request(room).Token));
        await LeaveAsync(participation, cancellationToken).ConfigureAwait(false);
        session.Remove(participation);
    }

    public async Task KickAsync(KickParticipant kick, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(kick).Token);
        var id = RequestChecks.Id(kick.Participant, RoomStorageLimits.MaxId, "participant");
        var room = await access.RequireOwnAsync(token, cancellationToken).ConfigureAwait(false);
        var user = await UserOfAsync(token, id, cancellationToken).ConfigureAwait(false) ?? throw RoomErrors.NotParticipant();
        if (user == room.Owner)
        {
            throw RoomErrors.Invalid("The owner cannot be removed.");
        }

        var now = core.Now;
        var removed = await core.Storage.Participants.RemoveUserAsync(token, user, kick.Bar, now, cancellationToken).ConfigureAwait(false);
        core.Live.Find(token)?.Members.End([.. removed.Select(static participant => participant.Id)], ErrorCodes.Kicked);
        core.Changed(token, room.Owner, now);
    }

    public async Task PardonAsync(RoomRef room, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(room).Token);
        await access.RequireOwnAsync(token, cancellationToken).ConfigureAwait(false);
        await core.Storage.Participants.PardonAsync(token, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The account or guest whom a participation is of, or null if nobody has that id.</summary>
    public async ValueTask<string?> UserOfAsync(string token, string id, CancellationToken cancellationToken) =>
        (await core.Storage.Participants.ListAsync(token, core.Now, cancellationToken).ConfigureAwait(false)).FirstOrDefault(participant => participant.Id == id)?.User;

    private async Task<JoinedRoom> JoinAsync(string token, JoinRoom join, CancellationToken cancellationToken)
    {
        if (!session.HasPlace(token, core.Options.MaxRoomsPerSession))
        {
            throw RoomErrors.Of(ErrorCodes.ResourceExhausted);
        }

        var now = core.Now;
        var expiresAt = now + (long)core.Options.Lease.TotalMilliseconds;
        var (user, guest, credential) = await WhoAsync(token, join, now, expiresAt, cancellationToken).ConfigureAwait(false);
        // It is known before the store has it, so that nobody removes it from there without it hearing of that.
        var participation = new Participation(core, core.Live.Acquire(token), Guid.NewGuid().ToString(), user, session.Id);
        JoinResult result;
        try
        {
            result = await core.Storage.Participants.JoinAsync(Join(participation, join, guest, expiresAt), now, cancellationToken).ConfigureAwait(false);
            if (result.Outcome != JoinOutcome.Joined)
            {
                throw RoomErrors.Of(result.Outcome);
            }
        }
        catch
        {
            participation.End(ErrorCodes.NotParticipant);
            throw;
        }

        await EnterAsync(participation, result, cancellationToken).ConfigureAwait(false);
        var shown = user == result.Room!.Owner ? RoomAccess.Owner : RoomAccess.Participant;
        return new JoinedRoom
        {
            Participant = RoomViews.Of(result.Participant!, result.Room.Owner),
            Room = RoomViews.Of(result.Room, result.Present, shown),
            Lease = Lease(expiresAt),
            Guest = credential is null ? null : new GuestPass(credential, RoomViews.Time(expiresAt)),
        };
    }

    private async ValueTask EnterAsync(Participation participation, JoinResult result, CancellationToken cancellationToken)
    {
        var room = participation.Room;
        var before = session.Find(room.Token);
        participation.Confirm(result.Participant!);
        room.SetOwner(result.Room!.Owner);
        if (result.Replaced is { } replaced)
        {
            room.Members.Find(replaced)?.End(ErrorCodes.NotParticipant);
        }

        if (!session.TrySet(participation))
        {
            await LeaveAsync(participation, CancellationToken.None).ConfigureAwait(false);
            throw RoomErrors.Of(ErrorCodes.SessionLost);
        }

        // The session was in the room as another device, or as somebody else.
        if (before is { Reason: null })
        {
            await LeaveAsync(before, cancellationToken).ConfigureAwait(false);
        }

        room.Changed(new OccupiedRoom(result.Room, result.Present));
        core.OwnerChanged(result.Room.Owner, result.Participant!.JoinedAt);
        if (participation.Reason is { } reason)
        {
            // It was ended here before the store had it.
            var now = core.Now;
            await core.Storage.Participants.LeaveAsync(room.Token, participation.Id, now, CancellationToken.None).ConfigureAwait(false);
            core.Changed(room.Token, room.Owner, now);
            throw RoomErrors.Of(reason);
        }
    }

    private async ValueTask<(string User, GuestRecord? Guest, string? Credential)> WhoAsync(
        string token, JoinRoom join, long now, long expiresAt, CancellationToken cancellationToken)
    {
        if (join.GuestCredential is { } known)
        {
            return ((await GuestSecret.FindAsync(core.Storage.Members, token, known, now, cancellationToken).ConfigureAwait(false)).User, null, known);
        }

        if (session.Account is not null)
        {
            return (access.Account, null, null);
        }

        var guest = GuestSecret.New(token, now, expiresAt, out var credential);
        return (guest.User, guest, credential);
    }

    private RoomJoin Join(Participation participation, JoinRoom join, GuestRecord? guest, long expiresAt) => new()
    {
        Room = participation.Room.Token,
        Id = participation.Id,
        User = participation.User,
        Session = join.Device ?? session.Id,
        DisplayName = join.DisplayName ?? "",
        ClientMaxSize = join.ClientMaxSize ?? int.MaxValue,
        ExpiresAt = expiresAt,
        ExtendRoomTo = core.Now + (long)core.Options.MaxRoomLifetime.TotalMilliseconds,
        Guest = guest,
        Announcement = join.Announcement is { } member ? MemberBook.Record(participation.Room.Token, participation.User, member) : null,
    };

    private async ValueTask LeaveAsync(Participation participation, CancellationToken cancellationToken)
    {
        var room = participation.Room;
        var now = core.Now;
        await core.Storage.Participants.LeaveAsync(room.Token, participation.Id, now, cancellationToken).ConfigureAwait(false);
        participation.End(ErrorCodes.NotParticipant);
        core.Changed(room.Token, room.Owner, now);
        if (GuestRecord.IdOf(participation.User) is { } guest && !room.Members.Has(participation.User))
        {
            await core.Storage.Members.RemoveGuestAsync(room.Token, guest, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Check(JoinRoom join)
    {
        DisplayText.Check(join.DisplayName ?? "", core.Options.MaxDisplayName);
        RequestChecks.Range(join.ClientMaxSize ?? 1, 1, int.MaxValue, "client's size");
        if (join.Device is { } device)
        {
            RequestChecks.Id(device, RequestLimits.MaxDevice, "device");
        }

        if (join.Announcement is { } member)
        {
            MemberBook.Check(member);
        }
    }

    private RoomLease Lease(long expiresAt) => new(Math.Max(0, expiresAt - core.Now), RoomViews.Time(expiresAt));
}
