using System.Collections.Concurrent;

namespace Loop.Sdk.WebRtc;

/// <summary>The channels of a mesh by their names. What comes for one that was not made yet waits for it, for a while.</summary>
internal sealed class MeshInboxes
{
    private const int MaxUnclaimed = 128;

    private readonly ConcurrentDictionary<string, IMeshInbox> _inboxes = new(StringComparer.Ordinal);
    private readonly Queue<(PeerLink Link, string Channel, byte[] Payload)> _unclaimed = new();

    /// <exception cref="ArgumentException">There is a channel of that name.</exception>
    public void Register(string name, IMeshInbox inbox)
    {
        lock (_unclaimed)
        {
            if (_inboxes.ContainsKey(name))
            {
                throw new ArgumentException($"There is a channel {name} already.", nameof(name));
            }

            // Before it can be found: what comes now comes after.
            for (var left = _unclaimed.Count; left > 0; left--)
            {
                var message = _unclaimed.Dequeue();
                if (message.Channel == name)
                {
                    inbox.Receive(message.Link, message.Payload);
                }
                else
                {
                    _unclaimed.Enqueue(message);
                }
            }

            _inboxes[name] = inbox;
        }
    }

    public void Receive(PeerLink link, string channel, ReadOnlySpan<byte> payload)
    {
        if (_inboxes.TryGetValue(channel, out var inbox))
        {
            inbox.Receive(link, payload);
            return;
        }

        lock (_unclaimed)
        {
            // It may just have been made.
            if (_inboxes.TryGetValue(channel, out inbox))
            {
                inbox.Receive(link, payload);
                return;
            }

            if (_unclaimed.Count == MaxUnclaimed)
            {
                _unclaimed.Dequeue();
            }

            _unclaimed.Enqueue((link, channel, payload.ToArray()));
        }
    }

    /// <summary>The mesh is over.</summary>
    public void Complete(LoopException? error)
    {
        foreach (var inbox in _inboxes.Values)
        {
            inbox.Complete(error);
        }
    }
}
