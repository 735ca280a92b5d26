namespace Loop.Sdk.Rooms;

/// <summary>What a client is to remember of a room. It holds secrets: keep it where keys are kept.</summary>
public sealed record RememberedRoom
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>The newest version of the context that was read: older ones are refused.</summary>
    public long ContextVersion { get; init; }

    /// <summary>The newest epoch that was seen: the room is not led back behind it.</summary>
    public int Epoch { get; init; }

    /// <summary>The member id of the owner; null if none is known.</summary>
    public string? Owner { get; init; }

    /// <summary>The client's private member key, as <see cref="Cryptography.MemberKey.Export"/> gives it; empty for owners, who have it in their ring. A secret.</summary>
    public ReadOnlyMemory<byte> MemberKey { get; init; }

    /// <summary>The guest's credential, or null. A secret.</summary>
    public string? GuestCredential { get; init; }

    /// <summary>Which room, and nothing secret. The token gives access, so it is not shown either.</summary>
    public override string ToString() => $"{nameof(RememberedRoom)} (epoch {Epoch}, context {ContextVersion})";
}
