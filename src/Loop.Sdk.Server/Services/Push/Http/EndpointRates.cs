using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Push;

/// <summary>How often each endpoint was posted to lately.</summary>
internal sealed class EndpointRates(IOptions<PushOptions> options)
{
    private const int SweepAfter = 4096;

    private readonly RateGateLimit? _limit = RateGateLimit.Of(options.Value.EndpointRate);
    private readonly ConcurrentDictionary<string, StrongBox<RateGate>> _gates = new(StringComparer.Ordinal);
    private int _added;

    /// <summary>After how many seconds the next post may come.</summary>
    public int RetryAfter => _limit is { } limit ? (int)Math.Clamp(limit.Interval / 1e9, 1, 3600) : 1;

    public bool TryPass(string endpoint, long now)
    {
        if (_limit is not { } limit)
        {
            return true;
        }

        if (!_gates.TryGetValue(endpoint, out var gate))
        {
            gate = _gates.GetOrAdd(endpoint, static _ => new());
            if (Interlocked.Increment(ref _added) % SweepAfter == 0)
            {
                Sweep(now);
            }
        }

        return gate.Value.TryPass(limit, now);
    }

    // Those that have not been posted to lately would pass anyway.
    private void Sweep(long now)
    {
        foreach (var gate in _gates.Where(gate => gate.Value.Value.IsFull(now)))
        {
            _gates.TryRemove(gate);
        }
    }
}
