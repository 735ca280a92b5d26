using System.Collections.Concurrent;

namespace Loop.Sdk.Server.Push;

/// <summary>Wakes those who wait for receipts.</summary>
internal sealed class ReceiptSignals
{
    private readonly ConcurrentDictionary<string, ReceiptReader> _readers = new(StringComparer.Ordinal);

    /// <summary>Becomes the reader of a receipt subscription. One that was it before ends.</summary>
    public ReceiptReader Enter(string subscription)
    {
        var reader = new ReceiptReader();
        ReceiptReader? before = null;
        _readers.AddOrUpdate(
            subscription,
            static (_, mine) => mine,
            (_, known, mine) =>
            {
                before = known;
                return mine;
            },
            reader);
        before?.Replace();
        return reader;
    }

    public void Leave(string subscription, ReceiptReader reader) => _readers.TryRemove(KeyValuePair.Create(subscription, reader));

    public void Signal(IEnumerable<string> subscriptions)
    {
        foreach (var subscription in subscriptions)
        {
            if (_readers.TryGetValue(subscription, out var reader))
            {
                reader.Signal();
            }
        }
    }
}
