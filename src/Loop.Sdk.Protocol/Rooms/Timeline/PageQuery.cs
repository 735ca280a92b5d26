namespace Loop.Sdk.Rooms;

/// <summary>Which page of history to read.</summary>
public sealed record PageQuery
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>Entries before this sequence; null for the end.</summary>
    public long? Before { get; init; }

    /// <summary>How many at most, 1 to 500; fewer come if they are large.</summary>
    public int Limit { get; init; } = 50;
}
