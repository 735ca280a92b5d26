using System.Globalization;

namespace Loop.Sdk.Server.Storage;

/// <summary>Checks what a store is given, so that all stores refuse the same things: <c>invalid_record</c>.</summary>
public static class RoomRecordGuard
{
    private const int MinHash = 16;
    private const int MaxHash = 64;

    /// <summary>Checks a room to be created.</summary>
    /// <param name="room">The room.</param>
    public static void Check(NewRoom room)
    {
        ArgumentNullException.ThrowIfNull(room);
        Id(room.Token, "token");
        Id(room.Owner, "owner");
        Time(room.CreatedAt);
        Time(room.ExpiresAt);
        Range(room.MaxSize, 1, int.MaxValue, "size");
        Range(room.OwnerLimit, 1, int.MaxValue, "number of rooms");
        Range(room.Epoch, 0, int.MaxValue, "epoch");
        Text(room.RoomName, RoomStorageLimits.MaxName, "name");
        Text(room.OwnerName, RoomStorageLimits.MaxName, "owner's name");
        Text(room.Channel, RoomStorageLimits.MaxId, "channel");
        Text(room.WrappedKey, RoomStorageLimits.MaxContext, "wrapped key");
        Check(room.Context);
    }

    /// <summary>Checks an update.</summary>
    /// <param name="update">The update.</param>
    public static void Check(RoomUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        Time(update.ExpiresAt ?? 0);
        Range(update.MaxSize ?? 1, 1, int.MaxValue, "size");
        Text(update.RoomName, RoomStorageLimits.MaxName, "name");
        Text(update.OwnerName, RoomStorageLimits.MaxName, "owner's name");
        Text(update.WrappedKey, RoomStorageLimits.MaxContext, "wrapped key");
        Check(update.Context);
    }

    /// <summary>Checks a rotation.</summary>
    /// <param name="rotation">The rotation.</param>
    public static void Check(RoomRotation rotation)
    {
        ArgumentNullException.ThrowIfNull(rotation);
        Range(rotation.Epoch, 1, int.MaxValue, "epoch");
        Text(rotation.WrappedKey ?? throw Invalid("wrapped key"), RoomStorageLimits.MaxContext, "wrapped key");
        Check(rotation.Context ?? throw Invalid("context"));
        Range(rotation.Notices.Count, 0, RoomStorageLimits.MaxItems, "number of notices");
        foreach (var notice in rotation.Notices)
        {
            Id(notice.Member, "member");
            Id(notice.Author, "author");
            Range(notice.Epoch, rotation.Epoch, rotation.Epoch, "notice's epoch");
            Payload(notice.Payload);
        }

        if (rotation.Notices.DistinctBy(static notice => notice.Member).Count() != rotation.Notices.Count)
        {
            throw Invalid("list of notices");
        }

        Ids(rotation.RemovedUsers, "user");
    }

    /// <summary>Checks a transfer.</summary>
    /// <param name="transfer">The transfer.</param>
    public static void Check(RoomTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        Id(transfer.Owner, "owner");
        Range(transfer.OwnerLimit, 1, int.MaxValue, "number of rooms");
        Text(transfer.OwnerName, RoomStorageLimits.MaxName, "owner's name");
        Text(transfer.WrappedKey, RoomStorageLimits.MaxContext, "wrapped key");
    }

    /// <summary>Checks a sweep.</summary>
    /// <param name="sweep">The sweep.</param>
    public static void Check(RoomSweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        Range(sweep.Limit, 1, RoomStorageLimits.MaxPage, "limit");
        Range(sweep.MaxTombstones, 0, int.MaxValue, "number of tombstones");
    }

    /// <summary>Checks who wants to join.</summary>
    /// <param name="join">Who wants to join.</param>
    public static void Check(RoomJoin join)
    {
        ArgumentNullException.ThrowIfNull(join);
        Id(join.Room, "token");
        Id(join.Id, "participation");
        Id(join.User, "user");
        Id(join.Session, "session");
        Text(join.DisplayName ?? throw Invalid("display name"), RoomStorageLimits.MaxName, "display name");
        Range(join.ClientMaxSize, 1, int.MaxValue, "client's size");
        Time(join.ExpiresAt);
        Time(join.ExtendRoomTo ?? 0);
        if (join.Guest is { } guest)
        {
            Check(guest);
            Same(guest.Room, join.Room, guest.User, join.User, "guest");
        }

        if (join.Announcement is { } member)
        {
            Check(member);
            Same(member.Room, join.Room, member.User, join.User, "announcement");
        }
    }

    /// <summary>Checks an announcement.</summary>
    /// <param name="member">The announcement.</param>
    public static void Check(MemberRecord member)
    {
        ArgumentNullException.ThrowIfNull(member);
        Id(member.Room, "token");
        Id(member.Id, "member");
        Id(member.User, "user");
        Range(member.Epoch, 0, int.MaxValue, "epoch");
        Range(member.Version, 1, RoomStorageLimits.MaxVersion, "version");
        Payload(member.Announcement);
    }

    /// <summary>Checks a guest's credential.</summary>
    /// <param name="guest">The credential.</param>
    public static void Check(GuestRecord guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        Id(guest.Room, "token");
        Id(guest.Id, "guest");
        Time(guest.CreatedAt);
        Time(guest.ExpiresAt);
        Range(guest.SecretHash.Length, MinHash, MaxHash, "length of the hash");
    }

    /// <summary>Checks an entry.</summary>
    /// <param name="entry">The entry.</param>
    public static void Check(NewEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Id(entry.Room, "token");
        Id(entry.Author, "author");
        Id(entry.Key, "key");
        Id(entry.Kind, "kind");
        Payload(entry.Payload);
        Range(entry.ReplyTo ?? 1, 1, long.MaxValue, "answered entry");
    }

    /// <summary>Checks an edit.</summary>
    /// <param name="edit">The edit.</param>
    public static void Check(EntryEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        Id(edit.Room, "token");
        Payload(edit.Payload);
    }

    /// <summary>Checks a token or another id.</summary>
    /// <param name="value">The id.</param>
    /// <param name="name">What it is, for the message.</param>
    public static void Id(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw Invalid(name);
        }

        Text(value, RoomStorageLimits.MaxId, name);
    }

    /// <summary>Checks several ids.</summary>
    /// <param name="values">The ids, at most <see cref="RoomStorageLimits.MaxItems"/>.</param>
    /// <param name="name">What they are, for the message.</param>
    public static void Ids(IReadOnlyCollection<string> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values);
        Range(values.Count, 0, RoomStorageLimits.MaxItems, $"number of values ({name})");
        foreach (var value in values)
        {
            Id(value, name);
        }
    }

    /// <summary>Checks a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="least">The least that is allowed.</param>
    /// <param name="most">The most that is allowed.</param>
    /// <param name="name">What it is, for the message.</param>
    public static void Range(long value, long least, long most, string name)
    {
        if (value < least || value > most)
        {
            throw new LoopException(
                ErrorCodes.InvalidRecord, string.Create(CultureInfo.InvariantCulture, $"The {name} is {value}, and can be {least} to {most}."));
        }
    }

    /// <summary>Checks a time.</summary>
    /// <param name="value">Ms since 1970.</param>
    public static void Time(long value) => Range(value, 0, RoomStorageLimits.MaxTime, "time");

    private static void Same(string room, string expectedRoom, string user, string expectedUser, string name)
    {
        if (room != expectedRoom || user != expectedUser)
        {
            throw Invalid(name);
        }
    }

    private static void Check(SealedContext? context)
    {
        if (context is not null)
        {
            Text(context.Value ?? throw Invalid("context"), RoomStorageLimits.MaxContext, "context");
            Id(context.Algorithm, "algorithm");
            Range(context.Version, 1, RoomStorageLimits.MaxVersion, "context's version");
            Text(context.Author, RoomStorageLimits.MaxId, "author");
        }
    }

    private static void Payload(ReadOnlyMemory<byte> value) => Range(value.Length, 0, RoomStorageLimits.MaxPayload, "length of the payload");

    internal static void Text(string? value, int most, string name)
    {
        if (value is null)
        {
            return;
        }

        Range(value.Length, 0, most, $"length of the {name}");

        // Databases keep neither: a NUL ends a text in some, and half a surrogate pair has no UTF-8.
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] == '\0' || (char.IsSurrogate(value[index]) && !(char.IsSurrogatePair(value, index) && index++ < value.Length)))
            {
                throw Invalid(name);
            }
        }
    }

    private static LoopException Invalid(string name) => new(ErrorCodes.InvalidRecord, $"The {name} is missing or malformed.");
}
