namespace Loop.Sdk.Cryptography;

/// <summary>
/// Remembers the newest version of each thing that was authenticated, so that an older one is noticed. Bounded: beyond <c>capacity</c> things, the one that was
/// heard of longest ago is forgotten.
/// </summary>
internal sealed class VersionGuard(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, LinkedListNode<Seen>> _seen = [];
    private readonly LinkedList<Seen> _order = [];

    /// <param name="binding">What was authenticated.</param>
    /// <param name="epoch">The epoch of its key, if versions begin anew in each epoch; otherwise 0.</param>
    /// <exception cref="LoopException"><c>stale_version</c>.</exception>
    public void Accept(in EnvelopeBinding binding, int epoch = 0)
    {
        var key = new Key(binding.Field, binding.Item, binding.Author);
        var isOnce = EnvelopeFields.IsOnce(binding.Field);
        lock (_lock)
        {
            if (_seen.TryGetValue(key, out var node))
            {
                var last = node.Value;
                var order = (epoch, binding.Version).CompareTo((last.Epoch, last.Version));
                if (order < 0 || (isOnce && order == 0))
                {
                    throw CryptographyErrors.StaleVersion(binding.Version, last.Version);
                }

                node.Value = new Seen(key, epoch, binding.Version);
                _order.Remove(node);
                _order.AddLast(node);
                return;
            }

            if (_seen.Count == capacity)
            {
                _seen.Remove(_order.First!.Value.Key);
                _order.RemoveFirst();
            }

            _seen.Add(key, _order.AddLast(new Seen(key, epoch, binding.Version)));
        }
    }

    private readonly record struct Key(EnvelopeField Field, string Item, string Author);

    private readonly record struct Seen(Key Key, int Epoch, long Version);
}
