namespace Loop.Sdk.Server.Storage;

/// <summary>How writes change a room: what does not depend on where it is kept.</summary>
internal static class RoomEdits
{
    public static RoomRecord Create(NewRoom room, long offset) => new()
    {
        Token = room.Token,
        Owner = room.Owner,
        Offset = offset,
        Version = 1,
        CreatedAt = room.CreatedAt,
        UpdatedAt = room.CreatedAt,
        ExpiresAt = room.ExpiresAt,
        FixedExpiry = room.FixedExpiry,
        MaxSize = room.MaxSize,
        Locked = room.Locked,
        RoomName = Value(null, room.RoomName),
        OwnerName = Value(null, room.OwnerName),
        Channel = Value(null, room.Channel),
        Context = room.Context,
        WrappedKey = Value(null, room.WrappedKey),
        Epoch = room.Epoch,
    };

    /// <summary>The room after an update, or null if it does not fit.</summary>
    public static RoomRecord? Apply(RoomRecord room, RoomUpdate update, long now) =>
        !Fits(room, update.ExpectedVersion) || !IsNewer(room, update.Context) ? null : Next(room, now) with
        {
            ExpiresAt = update.ExpiresAt ?? room.ExpiresAt,
            FixedExpiry = update.FixedExpiry ?? room.FixedExpiry,
            MaxSize = update.MaxSize ?? room.MaxSize,
            Locked = update.Locked ?? room.Locked,
            RoomName = Value(room.RoomName, update.RoomName),
            OwnerName = Value(room.OwnerName, update.OwnerName),
            Context = update.Context ?? room.Context,
            WrappedKey = Value(room.WrappedKey, update.WrappedKey),
        };

    /// <summary>The room after a rotation, or null if it does not fit.</summary>
    public static RoomRecord? Apply(RoomRecord room, RoomRotation rotation, long now) =>
        !Fits(room, rotation.ExpectedVersion) || !IsNewer(room, rotation.Context) || rotation.Epoch != room.Epoch + 1L ? null : Next(room, now) with
        {
            Epoch = rotation.Epoch,
            WrappedKey = rotation.WrappedKey,
            Context = rotation.Context,
        };

    /// <summary>The room after a transfer, or null if it does not fit.</summary>
    public static RoomRecord? Apply(RoomRecord room, RoomTransfer transfer, long now) =>
        !Fits(room, transfer.ExpectedVersion) || transfer.Owner == room.Owner ? null : Next(room, now) with
        {
            Owner = transfer.Owner,
            OwnerName = Value(null, transfer.OwnerName),
            WrappedKey = Value(null, transfer.WrappedKey),
        };

    /// <summary>Those who have not expired, in the order of their joining.</summary>
    public static IReadOnlyList<ParticipantRecord> Present(IEnumerable<ParticipantRecord> participants, long now) =>
        [.. participants.Where(participant => participant.ExpiresAt > now)
            .OrderBy(static participant => participant.JoinedAt).ThenBy(static participant => participant.Id, StringComparer.Ordinal)];

    /// <summary>The room after somebody came or went.</summary>
    public static RoomRecord Touch(RoomRecord room, long now, long? extendTo = null) => room with
    {
        UpdatedAt = Math.Max(room.UpdatedAt, now),
        ExpiresAt = room.FixedExpiry ? room.ExpiresAt : Math.Max(room.ExpiresAt, extendTo ?? 0),
    };

    public static ParticipantRecord Participant(RoomJoin join, long now) => new()
    {
        Room = join.Room,
        Id = join.Id,
        User = join.User,
        Session = join.Session,
        DisplayName = join.DisplayName,
        Member = join.Announcement?.Id,
        ClientMaxSize = join.ClientMaxSize,
        JoinedAt = now,
        ExpiresAt = join.ExpiresAt,
    };

    public static EntryRecord Entry(NewEntry entry, long sequence, long offset, long createdAt) => new()
    {
        Room = entry.Room,
        Sequence = sequence,
        Id = EntryId.Create(createdAt, sequence),
        Offset = offset,
        Author = entry.Author,
        Key = entry.Key,
        Kind = entry.Kind,
        Payload = entry.Payload.ToArray(),
        ReplyTo = entry.ReplyTo,
        CreatedAt = createdAt,
        Version = 1,
        Deleted = false,
    };

    private static bool Fits(RoomRecord room, long? expectedVersion) => expectedVersion is not { } version || version == room.Version;

    private static bool IsNewer(RoomRecord room, SealedContext? context) => context is null || room.Context is null || context.Version > room.Context.Version;

    private static RoomRecord Next(RoomRecord room, long now) => Touch(room, now) with { Version = room.Version + 1 };

    private static string? Value(string? old, string? value) => value is null ? old : value.Length == 0 ? null : value;
}
