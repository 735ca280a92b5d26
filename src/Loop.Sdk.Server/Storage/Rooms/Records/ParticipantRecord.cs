namespace Loop.Sdk.Server.Storage;

/// <summary>Somebody who is in a room.</summary>
public sealed record ParticipantRecord
{
    /// <summary>The room's token.</summary>
    public required string Room { get; init; }

    /// <summary>The participation's id.</summary>
    public required string Id { get; init; }

    /// <summary>The account's id, or the guest's.</summary>
    public required string User { get; init; }

    /// <summary>The session or device.</summary>
    public required string Session { get; init; }

    /// <summary>The display name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The id of the member who joined, if one was announced.</summary>
    public string? Member { get; init; }

    /// <summary>How many the client can be in a room with.</summary>
    public required int ClientMaxSize { get; init; }

    /// <summary>When they joined, ms since 1970.</summary>
    public required long JoinedAt { get; init; }

    /// <summary>When the participation expires, ms since 1970.</summary>
    public required long ExpiresAt { get; init; }
}
