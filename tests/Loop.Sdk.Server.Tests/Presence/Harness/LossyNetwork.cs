using System.Threading.Channels;
using Loop.Sdk.Server.Presence;

namespace Loop.Sdk.Server.Tests.Presence.Harness;

/// <summary>A backplane between hosts in one process that loses, repeats and reorders messages, as a seed says.</summary>
internal sealed class LossyNetwork(int seed)
{
#pragma warning disable CA5394 // Chance, not secrecy.
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private readonly List<Node> _nodes = [];
    private readonly List<(Node To, byte[] Message)> _underWay = [];

    /// <summary>Whether every message arrives, once and in order.</summary>
    public bool IsReliable { get; set; } = true;

    /// <summary>Whether everybody who listens has dealt with what was delivered.</summary>
    public bool IsSettled
    {
        get
        {
            lock (_lock)
            {
                return _nodes.TrueForAll(static node => node.IsSettled);
            }
        }
    }

    public Node Join()
    {
        var node = new Node(this);
        lock (_lock)
        {
            _nodes.Add(node);
        }

        return node;
    }

    /// <summary>Delivers some of what is under way; all of it if the network is reliable.</summary>
    public void Deliver()
    {
        lock (_lock)
        {
            var count = IsReliable ? _underWay.Count : _random.Next(_underWay.Count + 1);
            for (; count > 0; count--)
            {
                var index = IsReliable ? 0 : _random.Next(_underWay.Count);
                var (to, message) = _underWay[index];
                if (IsReliable || _random.Next(10) > 0)
                {
                    _underWay.RemoveAt(index);
                }

                if (IsReliable || _random.Next(5) > 0)
                {
                    to.Take(message);
                }
            }
        }
    }

    private void Publish(Node from, byte[] message)
    {
        lock (_lock)
        {
            _underWay.AddRange(_nodes.Where(node => node != from && !node.IsCutOff && !from.IsCutOff).Select(node => (node, message)));
        }
    }
#pragma warning restore CA5394

    internal sealed class Node(LossyNetwork network) : IPresenceBackplane
    {
        private readonly Channel<byte[]> _received = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();
        private int _unread;
        private volatile bool _isListening;

        /// <summary>While true nothing comes in or goes out.</summary>
        public bool IsCutOff { get; set; }

        public bool IsSettled => IsCutOff || !_isListening || Volatile.Read(ref _unread) == 0;

        public void Take(byte[] message)
        {
            if (!IsCutOff)
            {
                Interlocked.Increment(ref _unread);
                _received.Writer.TryWrite(message);
            }
        }

        public ValueTask PublishAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            network.Publish(this, message.ToArray());
            return ValueTask.CompletedTask;
        }

        public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            _isListening = true;
            try
            {
                await foreach (var message in _received.Reader.ReadAllAsync(cancellationToken))
                {
                    try
                    {
                        yield return message;
                    }
                    finally
                    {
                        Interlocked.Decrement(ref _unread);
                    }
                }
            }
            finally
            {
                _isListening = false;
            }
        }
    }
}
