namespace Loop.Sdk.Rooms;

/// <summary>A room for a new owner.</summary>
public sealed record TransferRoom
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>The id of a participation of the new owner.</summary>
    public required string Participant { get; init; }

    /// <summary>The new owner's name in clear, if names are not sealed; null removes it. At most 255 characters, without control characters.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The version that the room must have, or null if any will do.</summary>
    public long? ExpectedVersion { get; init; }
}
