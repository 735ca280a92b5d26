namespace Loop.Sdk.Rooms;

/// <summary>Durations as the contract has them: in whole seconds.</summary>
internal static class RoomDurations
{
    public static long? Seconds(TimeSpan? duration) => duration is { } value ? (long)Math.Ceiling(value.TotalSeconds) : null;
}
