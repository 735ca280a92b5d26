namespace Loop.Sdk.Presence;

/// <summary>An account's availability, as the account itself sees it.</summary>
public sealed record AccountAvailability
{
    /// <summary>What others see.</summary>
    public required AvailabilityState State { get; init; }

    /// <summary>The account's own mode.</summary>
    public required StatusMode Mode { get; init; }

    /// <summary>The account's own text, or null.</summary>
    public string? Text { get; init; }

    /// <summary>Since when <see cref="State"/> is what it is, as far as the server knows.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The devices that reported.</summary>
    public required IReadOnlyList<DeviceAvailability> Devices { get; init; }
}
