namespace Loop.Sdk.Rooms;

/// <summary>A room as far as this client may see and can read it.</summary>
public sealed record RoomDetails
{
    /// <summary>The token.</summary>
    public required string Token { get; init; }

    /// <summary>How much is shown, as in <see cref="RoomInfo.Access"/>.</summary>
    public required RoomAccess Access { get; init; }

    /// <summary>The context.</summary>
    public required ContextState Context { get; init; }

    /// <summary>The room's name: the context's, or the one in clear of a room without a context; null if there is none. Others wrote it: it may have any characters.</summary>
    public string? Name { get; init; }

    /// <summary>The owner's name in clear, if one was given. Nothing vouches for it.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The epoch of the room's key, as the server says; 0 if the room's keys have none.</summary>
    public required int Epoch { get; init; }

    /// <summary>Whether only those who are in it, and the owner, may join.</summary>
    public required bool Locked { get; init; }

    /// <summary>One more with each update, rotation and transfer.</summary>
    public required long Version { get; init; }

    /// <summary>How many may be in the room; null for strangers.</summary>
    public int? MaxSize { get; init; }

    /// <summary>How many can be in it now, since clients have limits of their own; null for strangers.</summary>
    public int? ClientMaxSize { get; init; }

    /// <summary>When it was created, by the server's clock; null for strangers.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed, or somebody last came or went; null for strangers.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it expires; null for strangers.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// Who was in it, in the order of their joining, when the whole room was read; null otherwise, and in <see cref="Room.Details"/>. Sealed names are not read here:
    /// <see cref="Room.Participants"/> does that.
    /// </summary>
    public IReadOnlyList<Participant>? Participants { get; init; }

    /// <summary>Whether everything is the same. Those who are in it are compared one by one.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(RoomDetails? other) =>
        other is not null
        && Context == other.Context
        && (Token, Access, Name, OwnerName, Epoch, Locked, Version) == (other.Token, other.Access, other.Name, other.OwnerName, other.Epoch, other.Locked, other.Version)
        && (MaxSize, ClientMaxSize, CreatedAt, UpdatedAt, ExpiresAt) == (other.MaxSize, other.ClientMaxSize, other.CreatedAt, other.UpdatedAt, other.ExpiresAt)
        && (Participants ?? []).SequenceEqual(other.Participants ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Token, Version, UpdatedAt);

    internal static RoomDetails Of(RoomInfo info, ContextState context) => new()
    {
        Token = info.Token,
        Access = info.Access,
        Context = context,
        Name = context.Value is { } value ? value.RoomName : info.RoomName,
        OwnerName = info.OwnerName,
        Epoch = info.Epoch,
        Locked = info.Locked,
        Version = info.Version,
        MaxSize = info.MaxSize,
        ClientMaxSize = info.ClientMaxSize,
        CreatedAt = info.CreatedAt,
        UpdatedAt = info.UpdatedAt,
        ExpiresAt = info.ExpiresAt,
        Participants = info.Participants?.Select(participant => Participant.Unverified(participant, isSealed: info.Epoch > 0)).ToArray(),
    };
}
