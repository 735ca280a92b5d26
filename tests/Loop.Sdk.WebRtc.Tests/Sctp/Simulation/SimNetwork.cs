namespace Loop.Sdk.WebRtc.Sctp.Simulation;

/// <summary>Time, in microseconds, and what happens at which.</summary>
internal sealed class SimNetwork
{
    private readonly PriorityQueue<Action, (long Time, long Order)> _queue = new();
    private readonly List<SimEnd> _ends = [];
    private long _order;

    public long Now { get; private set; } = 1_000_000;

    public void Add(SimEnd end) => _ends.Add(end);

    public void At(long time, Action action) => _queue.Enqueue(action, (time, _order++));

    /// <summary>Runs until a condition holds; false if that time passes before, or nothing happens any more.</summary>
    public bool RunUntil(Func<bool> condition, long limit)
    {
        limit += Now;
        foreach (var end in _ends)
        {
            end.Flush();
        }

        while (!condition())
        {
            var next = _ends.Min(end => end.NextTimeout);
            if (_queue.TryPeek(out _, out var first) && first.Time <= next)
            {
                if (first.Time > limit)
                {
                    Now = limit;
                    return false;
                }

                Now = Math.Max(Now, first.Time);
                _queue.Dequeue()();
                continue;
            }

            if (next > limit)
            {
                Now = limit;
                return false;
            }

            Now = Math.Max(Now, next);
            foreach (var end in _ends)
            {
                if (end.NextTimeout <= Now)
                {
                    end.Timeout();
                }
            }
        }

        return true;
    }

    public void Run(long time) => RunUntil(() => false, time);
}
