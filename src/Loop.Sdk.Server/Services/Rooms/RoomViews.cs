using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>What is shown of what is stored.</summary>
internal static class RoomViews
{
    /// <summary>A room, as far as its reader may see it.</summary>
    /// <param name="room">The room.</param>
    /// <param name="present">Who is in it now, without those who have expired.</param>
    /// <param name="access">Who reads.</param>
    public static RoomInfo Of(RoomRecord room, IReadOnlyList<ParticipantRecord> present, RoomAccess access)
    {
        var info = new RoomInfo
        {
            Token = room.Token,
            Access = access,
            Context = Of(room.Context),
            RoomName = room.RoomName,
            OwnerName = room.OwnerName,
            Epoch = room.Epoch,
            Locked = room.Locked,
            Version = room.Version,
        };
        return access == RoomAccess.Public ? info : info with
        {
            MaxSize = room.MaxSize,
            ClientMaxSize = present.Aggregate(room.MaxSize, static (size, participant) => Math.Min(size, participant.ClientMaxSize)),
            CreatedAt = Time(room.CreatedAt),
            UpdatedAt = Time(room.UpdatedAt),
            ExpiresAt = Time(room.ExpiresAt),
            Participants = Participants(room, present),
            WrappedKey = access == RoomAccess.Owner ? room.WrappedKey : null,
        };
    }

    public static IReadOnlyList<ParticipantInfo> Participants(RoomRecord room, IReadOnlyList<ParticipantRecord> present) =>
        [.. present.Select(participant => Of(participant, room.Owner))];

    public static ParticipantInfo Of(ParticipantRecord participant, string owner) => new()
    {
        Id = participant.Id,
        DisplayName = participant.DisplayName,
        Member = participant.Member,
        IsOwner = participant.User == owner,
        IsGuest = GuestRecord.IdOf(participant.User) is not null,
        JoinedAt = Time(participant.JoinedAt),
    };

    public static SealedMember Of(MemberRecord member) => new() { Member = member.Id, Epoch = member.Epoch, Version = member.Version, Envelope = member.Announcement };

    public static KeyNotice Of(RotationNotice notice) => new() { Epoch = notice.Epoch, Author = notice.Author, Envelope = notice.Payload };

    public static SealedEntry Of(EntryRecord entry) => new()
    {
        Sequence = entry.Sequence,
        Id = entry.Id,
        Author = entry.Author,
        Key = entry.Key,
        Kind = entry.Kind,
        Envelope = entry.Payload,
        ReplyTo = entry.ReplyTo,
        CreatedAt = Time(entry.CreatedAt),
        EditedAt = entry.EditedAt is { } time ? Time(time) : null,
        Version = entry.Version,
        Deleted = entry.Deleted,
    };

    public static EntryReceipt Receipt(EntryRecord entry, bool alreadyDone) => new()
    {
        Sequence = entry.Sequence,
        Id = entry.Id,
        Version = entry.Version,
        CreatedAt = Time(entry.CreatedAt),
        AlreadyDone = alreadyDone,
    };

    public static DateTimeOffset Time(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time);

    private static Loop.Sdk.Rooms.SealedContext? Of(Storage.SealedContext? context) => context is null ? null : new()
    {
        Value = context.Value,
        Algorithm = context.Algorithm,
        Version = context.Version,
        Author = context.Author,
    };
}
