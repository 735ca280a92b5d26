namespace Loop.Sdk.Presence;

/// <summary>Somebody's availability, as an application sees it.</summary>
public sealed record PersonAvailability
{
    /// <summary>The id of the grant, which is all that the application learns of who it is.</summary>
    public required string Id { get; init; }

    /// <summary>How available they are.</summary>
    public required AvailabilityState State { get; init; }

    /// <summary>Their own text, or null.</summary>
    public string? Text { get; init; }

    /// <summary>Since when <see cref="State"/> is what it is, as far as the server knows.</summary>
    public required DateTimeOffset Since { get; init; }
}
