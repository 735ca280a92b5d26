namespace Loop.Sdk.Sessions;

/// <summary>The messages of one stream that wait with a key, so that a newer one finds the older.</summary>
internal sealed class PushIndex
{
    private Dictionary<object, OutboundMessage>? _byKey;

    public void Add(object key, OutboundMessage message) => (_byKey ??= [])[key] = message;

    /// <summary>Puts a newer payload in the place of the one that waits with this key. False if none waits any more.</summary>
    public bool TryReplace(object key, byte[] payload, out int grown)
    {
        grown = 0;
        if (_byKey is null || !_byKey.TryGetValue(key, out var message))
        {
            return false;
        }

        if (message.Begun || message.Gone)
        {
            _byKey.Remove(key);
            return false;
        }

        grown = payload.Length - message.Data.Length;
        message.Replace(payload);
        return true;
    }

    /// <summary>Forgets everything: nothing waits.</summary>
    public void Clear() => _byKey?.Clear();
}
