namespace Loop.Sdk.Server.Storage;

/// <summary>The last version that was pushed for a user. Versions are seconds since 1970, unless there is more than one change in a second: then they run ahead of the clock.</summary>
/// <param name="Version">The version.</param>
/// <param name="Since">The second of the first change in the run of versions that this one ends: all that changed under a version of the run changed then or later.</param>
public sealed record LoopApiVersionRecord(long Version, long Since)
{
    /// <summary>What follows for a change.</summary>
    /// <param name="last">The last version; null for none.</param>
    /// <param name="second">When the change was, seconds since 1970.</param>
    public static LoopApiVersionRecord Next(LoopApiVersionRecord? last, long second) => last is null || second > last.Version
        ? new(second, second)
        : new(last.Version + 1, Math.Min(last.Since, second));

    /// <summary>The second since when changes count that have a version, or a later one.</summary>
    /// <param name="version">The version, as a client gives it.</param>
    public long SecondOf(long version) => version > Since && version <= Version ? Since : version;
}
