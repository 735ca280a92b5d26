using System.Text.Json;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>What a client says of a room that it makes or changes. What is null was not said.</summary>
internal sealed record RoomFields
{
    private const int HourMs = 3600 * 1000;

    public string? RoomName { get; private init; }

    public string? RoomOwner { get; private init; }

    public int? MaxSize { get; private init; }

    /// <summary>How long the room lasts, ms.</summary>
    public long? ExpiresIn { get; private init; }

    public string? Channel { get; private init; }

    /// <summary>The sealed context, with a version that is to be replaced.</summary>
    public SealedContext? Context { get; private init; }

    public string? WrappedKey { get; private init; }

    /// <exception cref="ApiException">Something has a value that it must not have.</exception>
    public static RoomFields Read(ApiBody body, LoopHttpApiOptions options, RoomsOptions rooms)
    {
        var (context, wrappedKey) = ReadContext(body, rooms);
        var name = Name(body, "roomName", rooms.MaxRoomName);
        var channel = body.Text("channel");
        RoomRecordGuard.Text(channel, RoomStorageLimits.MaxId, "channel");
        return context is not null && name is not null ? throw ApiErrors.Invalid("Cannot specify both roomName and context.") : new()
        {
            RoomName = name,
            RoomOwner = Name(body, "roomOwner", rooms.MaxOwnerName),
            MaxSize = (int?)InRange(body.Number("maxSize"), options.MaxRoomSize, "maxSize"),
            ExpiresIn = InRange(body.Number("expiresIn"), (long)rooms.MaxRoomLifetime.TotalHours, "expiresIn") * HourMs,
            Channel = channel,
            Context = context,
            WrappedKey = wrappedKey,
        };
    }

    private static string? Name(ApiBody body, string name, int most)
    {
        var text = body.Text(name);
        DisplayText.Check(text ?? "", most);
        return text;
    }

    private static long? InRange(long? number, long most, string name) => number is < 1 || number > most ? throw ApiErrors.Invalid($"{name} can be 1 to {most}") : number;

    // What is in it, only clients know.
    private static (SealedContext? Context, string? WrappedKey) ReadContext(ApiBody body, RoomsOptions rooms)
    {
        if (!body.TryGet("context", out var context))
        {
            return default;
        }

        if (context.ValueKind != JsonValueKind.Object)
        {
            throw ApiErrors.Invalid("context should be an object");
        }

        var (value, algorithm, wrappedKey) = (Member(context, "value"), Member(context, "alg"), Member(context, "wrappedKey"));
        return value.Length > rooms.MaxContext || wrappedKey.Length > rooms.MaxContext ? throw ApiErrors.Invalid($"context should be no longer than {rooms.MaxContext} characters")
            : algorithm.Length is 0 or > RoomStorageLimits.MaxId ? throw ApiErrors.Invalid("context should name its algorithm")
            : (new SealedContext(value, algorithm, 1, Author: null), wrappedKey);
    }

    private static string Member(JsonElement context, string name) => context.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw ApiErrors.Invalid($"context should have the member {name}");
}
