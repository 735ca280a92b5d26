using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Checks the parts of requests: <c>invalid_request</c>.</summary>
internal static class RequestChecks
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>JSON may say null where a request is expected.</summary>
    public static T Request<T>([NotNull] T? request)
        where T : class => request ?? throw RoomErrors.Invalid("The request is missing.");

    public static string Token(string? token) => IsToken(token) ? token : throw RoomErrors.Invalid("The room's token is malformed.");

    public static bool IsToken([NotNullWhen(true)] string? token) =>
        token is { Length: >= RequestLimits.MinToken and <= RequestLimits.MaxToken } && !token.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>A text that only programs read: visible ASCII.</summary>
    public static string Id(string? value, int most, string name) =>
        value is { Length: > 0 } && value.Length <= most && !value.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? value
            : throw RoomErrors.Invalid($"The {name} has to be 1 to {most} visible characters of ASCII.");

    public static void Range(long value, long least, long most, string name)
    {
        if (value < least || value > most)
        {
            throw RoomErrors.Invalid($"The {name} can be {least} to {most}.");
        }
    }

    public static void Version(long version) => Range(version, 1, RoomStorageLimits.MaxVersion, "version");

    public static void Epoch(int epoch) => Range(epoch, 0, int.MaxValue, "epoch");

    public static void Count(int count, int least, int most, string name) => Range(count, least, most, $"number of {name}");

    public static void WrappedKey(string? key)
    {
        if (key is { Length: > 0 })
        {
            Id(key, RequestLimits.MaxWrappedKey, "wrapped key");
        }
    }

    public static void Envelope(ReadOnlyMemory<byte> envelope, int most)
    {
        if (envelope.Length > most)
        {
            throw RoomErrors.TooLarge(most);
        }

        if (envelope.IsEmpty)
        {
            throw RoomErrors.Invalid("The envelope is empty.");
        }
    }
}
