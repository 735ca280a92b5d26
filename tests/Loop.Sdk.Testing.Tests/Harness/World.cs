using System.Collections.Concurrent;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>What the handlers of a test share, also over restarts of the server.</summary>
internal sealed class World
{
    private readonly ConcurrentDictionary<string, int> _echoes = new();

    /// <summary>How often each text was to be echoed.</summary>
    public IReadOnlyDictionary<string, int> Echoes => _echoes;

    /// <summary>The names of calls whose handler began to hang.</summary>
    public Events<string> Entered { get; } = new();

    /// <summary>The names of calls whose handler was cancelled.</summary>
    public Events<string> Cancelled { get; } = new();

    /// <summary>The answer to calls that hang.</summary>
    public TaskCompletionSource<string> Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FeedSource<int, int> Sum { get; set; } = NewSum();

    public Topic<int> News { get; init; } = new();

    public static FeedSource<int, int> NewSum(FeedOptions? options = null) => new(0, static (sum, number) => sum + number, options);

    public void Echoed(string text) => _echoes.AddOrUpdate(text, 1, static (_, count) => count + 1);
}
