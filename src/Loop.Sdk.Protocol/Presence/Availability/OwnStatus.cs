namespace Loop.Sdk.Presence;

/// <summary>What an account says of itself.</summary>
public sealed record OwnStatus
{
    /// <summary>Where its state comes from.</summary>
    public required StatusMode Mode { get; init; }

    /// <summary>A text to show: 1 to 200 characters without control characters, unless the server says less. Null: none.</summary>
    public string? Text { get; init; }
}
