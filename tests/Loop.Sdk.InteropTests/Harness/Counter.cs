using System.Runtime.CompilerServices;
using Loop.Sdk.Feeds;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.InteropTests.Harness;

internal sealed class Counter : ICounter
{
    private int _waiting;

    /// <summary>What listeners hear. Nothing is left out: a listener that is too slow loses its session.</summary>
    public Topic<int> Topic { get; } = new(new TopicOptions<int> { Policy = SlowConsumerPolicy.Reliable });

    /// <summary>Completed by the test to let waiting calls go.</summary>
    public TaskCompletionSource<int> Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when the first call waits.</summary>
    public TaskCompletionSource FirstWaits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<int> DoubleAsync(int number, CancellationToken cancellationToken) => Task.FromResult(2 * number);

    public async IAsyncEnumerable<int> CountAsync(int upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; number <= upTo; number++)
        {
            yield return number;
        }

        await Task.CompletedTask;
    }

    public IAsyncEnumerable<int> ListenAsync(CancellationToken cancellationToken) => Topic.Subscribe();

    public Task<ReadOnlyMemory<byte>> ReverseAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var reversed = bytes.ToArray();
        Array.Reverse(reversed);
        return Task.FromResult<ReadOnlyMemory<byte>>(reversed);
    }

    public Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        FirstWaits.TrySetResult();
        return Gate.Task.WaitAsync(cancellationToken);
    }
}
