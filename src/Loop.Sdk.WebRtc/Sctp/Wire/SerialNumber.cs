namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Comparison of numbers that wrap (RFC 1982).</summary>
internal static class SerialNumber
{
    /// <summary>How far <paramref name="number"/> is after <paramref name="other"/>; negative if it is before.</summary>
    public static int Distance(uint number, uint other) => (int)(number - other);

    public static bool IsAfter(uint number, uint other) => (int)(number - other) > 0;

    public static bool IsAtOrBefore(uint number, uint other) => (int)(number - other) <= 0;

    /// <summary>The full number that is nearest to <paramref name="near"/> among those that end in <paramref name="low"/>.</summary>
    public static uint Widen(ushort low, uint near) => near + (uint)(short)(low - (ushort)near);
}
