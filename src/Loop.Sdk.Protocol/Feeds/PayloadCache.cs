namespace Loop.Sdk.Feeds;

/// <summary>The payloads of one value, one for each codec: nearly always one. Not safe for concurrent use.</summary>
internal struct PayloadCache
{
    private KeyValuePair<object, byte[]>[]? _payloads;

    /// <summary>Bytes of all payloads.</summary>
    public int Bytes { get; private set; }

    public readonly byte[]? Find(object codec)
    {
        foreach (var (key, payload) in _payloads ?? [])
        {
            if (ReferenceEquals(key, codec))
            {
                return payload;
            }
        }

        return null;
    }

    public byte[] Add(object codec, ReadOnlyMemory<byte> payload)
    {
        var copy = payload.ToArray();
        _payloads = [.. _payloads ?? [], new(codec, copy)];
        Bytes += copy.Length;
        return copy;
    }
}
