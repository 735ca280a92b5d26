using System.Buffers;

namespace Loop.Sdk.Server.Presence;

/// <summary>A scope's name, checked.</summary>
/// <param name="Text">All of it: <c>kind:name</c>.</param>
/// <param name="Kind">What stands before the colon.</param>
/// <param name="Name">What stands behind it.</param>
internal readonly record struct ScopeName(string Text, string Kind, string Name)
{
    private const int LongestKind = 32;
    private const int LongestName = 128;

    private static readonly SearchValues<char> KindCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // No kind that a client can name begins like this.
    private const string DevicesKind = "!devices";

    /// <summary>Whether it is one of the server's own, which no client can name, and no hook tells of.</summary>
    public bool IsInternal => Kind == DevicesKind;

    /// <summary>The scope that an account's devices are in.</summary>
    public static ScopeName OfDevices(string account) => new($"{DevicesKind}:{account}", DevicesKind, account);

    /// <summary>A scope as another node names it.</summary>
    /// <exception cref="LoopException"><c>invalid_scope</c>.</exception>
    public static ScopeName OfNode(string? text) => text?.StartsWith(DevicesKind + ":", StringComparison.Ordinal) == true ? OfDevices(text[(DevicesKind.Length + 1)..]) : Parse(text);

    /// <exception cref="LoopException"><c>invalid_scope</c>.</exception>
    public static ScopeName Parse(string? text)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && IsKind(text.AsSpan(0, colon)) && IsName(text.AsSpan(colon + 1))
            ? new ScopeName(text!, text![..colon], text[(colon + 1)..])
            : throw PresenceErrors.Of(ErrorCodes.InvalidScope);
    }

    public static bool IsKind(ReadOnlySpan<char> kind) => kind.Length is > 0 and <= LongestKind && !kind.ContainsAnyExcept(KindCharacters);

    private static bool IsName(ReadOnlySpan<char> name) => name.Length is > 0 and <= LongestName && !name.ContainsAnyExceptInRange('!', '~');
}
