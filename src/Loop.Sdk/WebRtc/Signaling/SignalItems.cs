namespace Loop.Sdk.WebRtc;

/// <summary>What the envelopes of peers are bound to, besides room, author and version. So none opens in another place, or for another one.</summary>
internal static class SignalItems
{
    private const int MaxLength = 128;

    /// <summary>A signal from one participation to another. Null if the server gave ids that nobody could have.</summary>
    public static string? OfSignal(string from, string to, string toMember) => Checked($"{toMember}/{from}/{to}");

    /// <summary>A relay's frames in one direction.</summary>
    public static string? OfRelay(string link, Lane lane, string fromInstance, string toMember) => Checked($"{toMember}/{link}.{(int)lane}/{fromInstance}");

    private static string? Checked(string item) => item.Length <= MaxLength && !item.AsSpan().ContainsAnyExceptInRange('!', '~') ? item : null;
}
