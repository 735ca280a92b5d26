using System.Collections.Concurrent;

namespace Loop.Sdk.Threads;

/// <summary>What happened to every call, as both ends saw it.</summary>
internal sealed class StressAccount(int calls)
{
    private readonly int[] _runs = new int[calls];
    private readonly ConcurrentQueue<string> _faults = new();
    private int _running;
    private int _answered;
    private int _cancelled;

    public IEnumerable<string> Faults => _faults;

    /// <summary>Handlers under way.</summary>
    public int Running => Volatile.Read(ref _running);

    public int Answered => _answered;

    public int Cancelled => _cancelled;

    public void OnBegin() => Interlocked.Increment(ref _running);

    public void OnEnd() => Interlocked.Decrement(ref _running);

    /// <summary>A handler has the request of this call.</summary>
    public void OnRun(int call) => Require(Interlocked.Increment(ref _runs[call]) == 1, $"call {call} ran twice");

    public void OnAnswered(int call)
    {
        Interlocked.Increment(ref _answered);
        Require(Volatile.Read(ref _runs[call]) == 1, $"call {call} was answered but never ran");
    }

    public void OnCancelled() => Interlocked.Increment(ref _cancelled);

    public void Report(string fault) => _faults.Enqueue(fault);

    public void Require(bool condition, string fault)
    {
        if (!condition)
        {
            Report(fault);
            throw new InvalidOperationException(fault);
        }
    }
}
