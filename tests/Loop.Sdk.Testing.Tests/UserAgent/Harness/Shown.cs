using Loop.Sdk.Feeds;

namespace Loop.Sdk.Testing.Tests.UserAgent.Harness;

/// <summary>A list as a window shows it, and those who wait for it to be something.</summary>
internal sealed class Shown<TKey, TItem> : IAsyncDisposable
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly List<(Func<IReadOnlyList<TItem>, bool> Condition, TaskCompletionSource So)> _waiting = [];
    private readonly AgentWorld _world;
    private readonly LiveCollection<TKey, TItem> _view;

    public Shown(AgentWorld world, Func<LiveViewOptions, LiveCollection<TKey, TItem>> show)
    {
        _world = world;
        _view = show(new LiveViewOptions { Post = Post });
    }

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
        await _world.SoonAsync(_view.WhenReadyAsync());
        var so = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((condition, so));
            Look();
        }

        await _world.SoonAsync(so.Task);
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
