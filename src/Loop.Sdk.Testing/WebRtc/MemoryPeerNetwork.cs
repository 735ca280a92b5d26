using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing;

/// <summary>
/// A network in memory for peer connections, which a test can break: as a whole, or between two hosts. What it takes to find a path is as in the real world: descriptions and candidates have to
/// be exchanged, fingerprints have to be right. Safe for concurrent use.
/// </summary>
/// <param name="time">The clock, for latency and for how long silence lasts; null for the real one.</param>
public sealed class MemoryPeerNetwork(TimeProvider? time = null)
{
    private readonly Dictionary<string, MemoryPeerConnection> _connections = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _cut = [];
    private bool _isDown;

    /// <summary>How long anything is under way. None by default.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How long a peer is silent before its connection is <see cref="PeerConnectionState.Disconnected"/>. 5 s by default.</summary>
    public TimeSpan DisconnectAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How much later it is <see cref="PeerConnectionState.Failed"/>, and how long a path is looked for. 25 s by default.</summary>
    public TimeSpan FailAfter { get; set; } = TimeSpan.FromSeconds(25);

    internal TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>One lock for all: nothing here is fast, and nothing deadlocks.</summary>
    internal Lock Lock { get; } = new();

    /// <summary>Makes an engine for a host.</summary>
    /// <param name="host">The host's name, for <see cref="Cut(string, string)"/>.</param>
    public MemoryPeerConnectionFactory CreateFactory(string host = "host")
    {
        ArgumentNullException.ThrowIfNull(host);
        return new MemoryPeerConnectionFactory(this, host);
    }

    /// <summary>Breaks all paths.</summary>
    public void Cut() => Change(() => _isDown = true);

    /// <summary>Breaks the paths between two hosts; between those of one host if they are the same.</summary>
    /// <param name="host">One.</param>
    /// <param name="other">The other.</param>
    public void Cut(string host, string other) => Change(() => _cut.Add(Key(host, other)));

    /// <summary>Mends everything.</summary>
    public void Restore() => Change(() =>
    {
        _isDown = false;
        _cut.Clear();
    });

    internal bool IsOpen(string host, string other) => !_isDown && !_cut.Contains(Key(host, other));

    internal void Register(string ufrag, MemoryPeerConnection connection) => _connections[ufrag] = connection;

    internal void Unregister(string ufrag) => _connections.Remove(ufrag);

    internal MemoryPeerConnection? Find(string? ufrag) => ufrag is null ? null : _connections.GetValueOrDefault(ufrag);

    /// <summary>Does something when the time has come: at once if that is now. Under the lock.</summary>
    internal void After(TimeSpan delay, Action action)
    {
        if (delay <= TimeSpan.Zero)
        {
            action();
            return;
        }

        ITimer? timer = null;
        timer = Time.CreateTimer(
            _ =>
            {
                lock (Lock)
                {
                    action();
                    timer?.Dispose();
                }
            },
            null,
            delay,
            Timeout.InfiniteTimeSpan);
    }

    private static (string, string) Key(string host, string other) => string.CompareOrdinal(host, other) < 0 ? (host, other) : (other, host);

    private void Change(Action change)
    {
        lock (Lock)
        {
            change();
            foreach (var connection in _connections.Values.Distinct().ToList())
            {
                connection.Look();
            }
        }
    }
}
