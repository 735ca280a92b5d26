using Loop.Sdk.Feeds;

namespace Loop.Sdk.Testing.Tests.UserAgent.Harness;

/// <summary>A list as a window shows it, and those who wait for it to be something.</summary>
internal sealed class Shown<TKey, TItem> : IAsyncDisposable
    where TKey : notnull
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<(Func<IReadOnlyList<TItem>, bool> Condition, TaskCompletionSource So)> _waiting = [];
    private readonly LiveCollection<TKey, TItem> _view;

    public Shown(Func<LiveViewOptions, LiveCollection<TKey, TItem>> show) => _view = show(new LiveViewOptions { Post = Post });

    public IReadOnlyList<TItem> Items
    {
        get
        {
            lock (_gate)
            {
                return [.. _view];
            }
        }
    }

    public async Task UntilAsync(Func<IReadOnlyList<TItem>, bool> condition)
    {
        await _view.WhenReadyAsync().WaitAsync(Patience);
        var so = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((condition, so));
            Look();
        }

        await so.Task.WaitAsync(Patience);
    }

    public ValueTask DisposeAsync() => _view.DisposeAsync();

    private void Post(Action action)
    {
        lock (_gate)
        {
            action();
            Look();
        }
    }

    private void Look()
    {
        foreach (var (_, so) in _waiting.Where(waiting => _view is { } view && waiting.Condition(view)))
        {
            so.TrySetResult();
        }
    }
}
