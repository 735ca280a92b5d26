using System.Diagnostics.CodeAnalysis;

namespace Loop.Sdk.Sessions;

/// <summary>The messages of one stream that wait with a key, so that a newer one finds the older.</summary>
internal sealed class PushIndex
{
    private const int SmallestSweep = 64;

    private Dictionary<object, OutboundMessage>? _byKey;
    private int _sweepAt = SmallestSweep;

    public int Count => _byKey?.Count ?? 0;

    public void Add(object key, OutboundMessage message)
    {
        var byKey = _byKey ??= [];
        if (byKey.Count >= _sweepAt)
        {
            // Keys may be used once and never again: what was sent meanwhile must not be remembered by them.
            foreach (var (old, waiting) in byKey)
            {
                if (waiting.Gone)
                {
                    byKey.Remove(old);
                }
            }

            _sweepAt = Math.Max(SmallestSweep, byKey.Count * 2);
        }

        byKey[key] = message;
    }

    /// <summary>Finds the message that waits with this key and was not begun.</summary>
    public bool TryGet(object key, [NotNullWhen(true)] out OutboundMessage? message)
    {
        message = null;
        return _byKey is { } byKey && byKey.TryGetValue(key, out message) && message is { Begun: false, Gone: false };
    }

    /// <summary>Forgets everything: nothing waits.</summary>
    public void Clear() => _byKey?.Clear();
}
