using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Loop.Sdk.Channels;

/// <summary>Holds what the server sent to what JSON's types cannot: that something is there, and lists have no holes.</summary>
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
