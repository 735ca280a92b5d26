using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Loop.Sdk.Rooms;

/// <summary>Holds what the server sent to what JSON's types cannot: that something is there, lists have no holes, and it is the room that was asked for.</summary>
internal static class Received
{
    /// <exception cref="LoopException"><c>invalid_payload</c>.</exception>
    [return: NotNull]
    public static T Some<T>(T value) => value ?? throw Hole();

    /// <exception cref="LoopException"><c>invalid_payload</c>.</exception>
    public static IReadOnlyList<T> Whole<T>(IReadOnlyList<T>? items)
        where T : class
    {
        foreach (var item in Some(items))
        {
            Some(item);
        }

        return items!;
    }

    /// <exception cref="LoopException"><c>invalid_payload</c>; <c>protocol_error</c>: it is another room.</exception>
    public static RoomInfo Of(string token, RoomInfo info)
    {
        if (Some(info).Token != token)
        {
            throw new LoopException(ErrorCodes.ProtocolError, "The server gave another room.");
        }

        if (info.Participants is { } participants)
        {
            Whole(participants);
        }

        return info;
    }

    /// <summary>A stream whose items are there.</summary>
    public static async IAsyncEnumerable<T> Each<T>(IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return Some(item);
        }
    }

    private static LoopException Hole() => new(ErrorCodes.InvalidPayload, "The server sent nothing where something has to be.");
}
