using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The nonces of requests that could come again: by session, and within it by the time that they say, so that the old ones go at once.</summary>
/// <param name="skew">How far clients' clocks may be off, seconds.</param>
/// <param name="sessionLimit">How many of one session are remembered.</param>
/// <param name="limit">How many in all.</param>
internal sealed class HawkNonces(int skew, int sessionLimit, int limit)
{
    private const int Stretch = 32;

    private readonly ConcurrentDictionary<string, SortedDictionary<long, HashSet<UInt128>>> _sessions = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many are remembered.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Remembers a nonce that was accepted.</summary>
    /// <param name="session">The session.</param>
    /// <param name="header">The request's header, whose time is within the skew.</param>
    /// <param name="now">The time, seconds since 1970.</param>
    public HawkNonceOutcome Add(string session, HawkHeader header, long now)
    {
        var key = KeyOf(header);
        while (true)
        {
            var stretches = _sessions.GetOrAdd(session, static _ => []);
            lock (stretches)
            {
                // It was forgotten in between, and another one stands in its place.
                if (!_sessions.TryGetValue(session, out var current) || current != stretches)
                {
                    continue;
                }

                Forget(stretches, now);
                var stretch = header.Second / Stretch;
                var nonces = stretches.GetValueOrDefault(stretch);
                if (nonces?.Contains(key) == true)
                {
                    return HawkNonceOutcome.Known;
                }

                if (stretches.Values.Sum(static one => one.Count) >= sessionLimit)
                {
                    return HawkNonceOutcome.TooManyOfSession;
                }

                if (Interlocked.Increment(ref _count) > limit)
                {
                    Interlocked.Decrement(ref _count);
                    return HawkNonceOutcome.TooMany;
                }

                if (nonces is null)
                {
                    stretches.Add(stretch, nonces = []);
                }

                nonces.Add(key);
                return HawkNonceOutcome.New;
            }
        }
    }

    /// <summary>Forgets what cannot come again.</summary>
    public void Sweep(long now)
    {
        foreach (var (session, stretches) in _sessions)
        {
            lock (stretches)
            {
                Forget(stretches, now);
                if (stretches.Count == 0)
                {
                    _sessions.TryRemove(KeyValuePair.Create(session, stretches));
                }
            }
        }
    }

    private void Forget(SortedDictionary<long, HashSet<UInt128>> stretches, long now)
    {
        while (stretches.Count > 0 && stretches.First() is var oldest && ((oldest.Key + 1) * Stretch) - 1 < now - skew)
        {
            stretches.Remove(oldest.Key);
            Interlocked.Add(ref _count, -oldest.Value.Count);
        }
    }

    // A part of a hash, since clients choose the length.
    private static UInt128 KeyOf(HawkHeader header)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{header.Ts}\n{header.Nonce}"), hash);
        return BitConverter.ToUInt128(hash);
    }
}
