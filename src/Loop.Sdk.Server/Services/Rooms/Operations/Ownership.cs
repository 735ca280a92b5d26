using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Gives rooms away, and changes their keys.</summary>
internal sealed class Ownership(RoomsCore core, SessionAccess access, Attendance attendance, RoomBook rooms)
{
    public async Task<RoomInfo> TransferAsync(TransferRoom transfer, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(transfer).Token);
        var id = RequestChecks.Id(transfer.Participant, RoomStorageLimits.MaxId, "participant");
        DisplayText.Check(transfer.OwnerName ?? "", core.Options.MaxOwnerName);
        var room = await access.RequireOwnAsync(token, cancellationToken).ConfigureAwait(false);
        var user = await attendance.UserOfAsync(token, id, cancellationToken).ConfigureAwait(false) ?? throw RoomErrors.NotParticipant();
        if (GuestRecord.IdOf(user) is not null)
        {
            throw RoomErrors.AccountRequired();
        }

        if (user == room.Owner)
        {
            throw RoomErrors.Invalid("The room is the owner's already.");
        }

        // Nobody else may have given it away in between.
        var change = new RoomTransfer
        {
            Owner = user,
            OwnerName = transfer.OwnerName,
            OwnerLimit = core.Options.MaxRoomsPerOwner,
            ExpectedVersion = transfer.ExpectedVersion ?? room.Version,
        };
        var now = core.Now;
        var result = await core.Storage.Rooms.TransferAsync(token, change, now, cancellationToken).ConfigureAwait(false);
        if (result.Outcome != RoomOutcome.Done)
        {
            throw RoomErrors.Of(result.Outcome);
        }

        core.Live.Find(token)?.SetOwner(user);
        core.OwnerChanged(room.Owner, now);
        core.Changed(token, user, now);
        var shown = access.ParticipationIn(token) is null ? RoomAccess.Public : RoomAccess.Participant;
        return await rooms.ShowAsync(result.Room!, shown, cancellationToken).ConfigureAwait(false);
    }

    public async Task<RoomInfo> RotateAsync(RotateRoom rotation, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(rotation).Token);
        var room = await access.RequireOwnAsync(token, cancellationToken).ConfigureAwait(false);
        var record = await CheckedAsync(rotation, room, cancellationToken).ConfigureAwait(false);
        var now = core.Now;
        var result = await core.Storage.Rooms.RotateAsync(token, record, now, cancellationToken).ConfigureAwait(false);
        if (result.Outcome != RoomOutcome.Done)
        {
            throw RoomErrors.Of(result.Outcome);
        }

        var shown = await rooms.ShowAsync(result.Room!, RoomAccess.Owner, cancellationToken).ConfigureAwait(false);
        core.Live.Find(token)?.Members.EndOf(record.RemovedUsers, [.. shown.Participants!.Select(static participant => participant.Id)], ErrorCodes.Kicked);
        core.Changed(token, room.Owner, now);
        return shown;
    }

    private async ValueTask<RoomRotation> CheckedAsync(RotateRoom rotation, RoomRecord room, CancellationToken cancellationToken)
    {
        RequestChecks.Range(rotation.Epoch, 1, int.MaxValue, "epoch");
        RequestChecks.Id(rotation.WrappedKey, RequestLimits.MaxWrappedKey, "wrapped key");
        RequestChecks.Count(rotation.Notices.Count, 0, RoomStorageLimits.MaxItems, "notices");
        RequestChecks.Count(rotation.Removed.Count, 0, RoomStorageLimits.MaxItems, "participants");
        foreach (var notice in rotation.Notices)
        {
            RequestChecks.Request(notice);
            RequestChecks.Id(notice.Member, RequestLimits.MaxMember, "member");
            RequestChecks.Id(notice.Author, RequestLimits.MaxMember, "author");
            RequestChecks.Envelope(notice.Envelope, RequestLimits.MaxNotice);
        }

        if (rotation.Notices.DistinctBy(static notice => notice.Member).Count() != rotation.Notices.Count)
        {
            throw RoomErrors.Invalid("A member has two notices.");
        }

        return new RoomRotation
        {
            ExpectedVersion = rotation.ExpectedVersion,
            Epoch = rotation.Epoch,
            WrappedKey = rotation.WrappedKey,
            Context = ContextChecks.Check(rotation.Context, rotation.Epoch, core.Options.MaxContext)!,
            Notices = [.. rotation.Notices.Select(notice => new RotationNotice(notice.Member, rotation.Epoch, notice.Author, notice.Envelope))],
            RemovedUsers = await RemovedAsync(rotation, room, cancellationToken).ConfigureAwait(false),
            Bar = rotation.Bar,
        };
    }

    private async ValueTask<IReadOnlyList<string>> RemovedAsync(RotateRoom rotation, RoomRecord room, CancellationToken cancellationToken)
    {
        if (rotation.Removed.Count == 0)
        {
            return [];
        }

        var present = await core.Storage.Participants.ListAsync(room.Token, core.Now, cancellationToken).ConfigureAwait(false);
        var users = present.Where(participant => rotation.Removed.Contains(participant.Id)).Select(static participant => participant.User).Distinct().ToList();
        return users.Contains(room.Owner) ? throw RoomErrors.Invalid("The owner cannot be removed.") : users;
    }
}
