namespace Loop.Sdk.Server;

/// <summary>What one address has done lately.</summary>
internal sealed class AddressGate
{
    private RateGate _calls;
    private RateGate _connections;
    private int _users;

    public bool TryCall(in RateGateLimit limit, long now) => _calls.TryPass(limit, now);

    public bool TryConnect(in RateGateLimit limit, long now) => _connections.TryPass(limit, now);

    public void Enter() => Interlocked.Increment(ref _users);

    public void Leave() => Interlocked.Decrement(ref _users);

    public bool IsIdle(long now) => Volatile.Read(ref _users) == 0 && _calls.IsFull(now) && _connections.IsFull(now);
}
