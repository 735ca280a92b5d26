namespace Loop.Bench.Load.Workloads;

/// <summary>Counts one session's events. Each session has its own, so that counting costs no contention.</summary>
internal sealed class EventCounter
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public void Receive(int id) => Volatile.Write(ref _count, _count + 1);
}
