using System.Runtime.CompilerServices;

namespace Loop.Sdk.WebRtc.Tests.Connections;

/// <summary>Bounds waits, so that a test that would hang fails instead. Nothing depends on how long it is.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task Soon(this Task task) => task.WaitAsync(Patience);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience);

    public static Task Soon(this ValueTask task) => task.AsTask().WaitAsync(Patience);

    public static async IAsyncEnumerable<T> WithTimeout<T>(this IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        await foreach (var item in items.WithCancellation(timeout.Token))
        {
            yield return item;
        }
    }

    /// <summary>The next messages, copied.</summary>
    public static async Task<List<(byte[] Payload, DataMessageKind Kind)>> TakeAsync(this IDataChannel channel, int count)
    {
        var taken = new List<(byte[], DataMessageKind)>();
        if (count > 0)
        {
            await foreach (var message in channel.MessagesAsync().WithTimeout())
            {
                taken.Add((message.Payload.ToArray(), message.Kind));
                if (taken.Count == count)
                {
                    break;
                }
            }
        }

        return taken;
    }
}
