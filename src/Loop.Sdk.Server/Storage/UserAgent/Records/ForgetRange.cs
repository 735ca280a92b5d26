namespace Loop.Sdk.Server.Storage;

/// <summary>What is to be forgotten: all that happened in a time, of one address or of all.</summary>
public sealed record ForgetRange
{
    /// <summary>The address, or null for all.</summary>
    public string? Url { get; init; }

    /// <summary>The beginning, which belongs to it.</summary>
    public long From { get; init; }

    /// <summary>The end, which does not.</summary>
    public long Until { get; init; } = long.MaxValue;

    /// <summary>Whether stars that were given in the time go as well.</summary>
    public bool Stars { get; init; }

    /// <summary>Whether a time belongs to it.</summary>
    /// <param name="time">The time.</param>
    public bool Contains(long time) => time >= From && time < Until;
}
