using System.Buffers;

namespace Loop.Sdk.Rooms;

/// <summary>Rooms' tokens, as the server gives them.</summary>
internal static class RoomTokens
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <exception cref="LoopException"><c>protocol_error</c>: it could not stand in a link.</exception>
    public static string Check(string token) =>
        token is { Length: >= 1 and <= 128 } && !token.AsSpan().ContainsAnyExcept(Characters)
            ? token
            : throw new LoopException(ErrorCodes.ProtocolError, "The server gave out what is no room's token.");
}
