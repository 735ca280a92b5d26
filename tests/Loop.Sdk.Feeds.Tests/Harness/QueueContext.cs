using System.Collections.Concurrent;

namespace Loop.Sdk.Feeds.Tests.Harness;

/// <summary>A user interface's loop, turned by hand.</summary>
internal sealed class QueueContext : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];

    /// <summary>Whether the loop is at work on this thread.</summary>
    [field: ThreadStatic]
    public static bool IsInside { get; private set; }

    public override void Post(SendOrPostCallback d, object? state) => _queue.Add((d, state));

    /// <summary>Makes something with this context as the current one.</summary>
    public T Make<T>(Func<T> make)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return make();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Turns the loop until something is so.</summary>
    public void RunUntil(Func<bool> condition)
    {
        while (!condition())
        {
            Assert.IsTrue(_queue.TryTake(out var item, TimeSpan.FromSeconds(30)), "Nothing more comes.");
            IsInside = true;
            item.Callback(item.State);
            IsInside = false;
        }
    }
}
