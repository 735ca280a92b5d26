using System.Runtime.CompilerServices;

namespace Loop.Sdk.Server.Tests.Harness;

internal sealed class TestHandler : ITestContract
{
    private readonly TaskCompletionSource<CancellationToken> _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a call waits, with what cancels that call.</summary>
    public Task<CancellationToken> Waiting => _waiting.Task;

    /// <summary>Answers the calls that wait.</summary>
    public void Answer(string text) => _answer.SetResult(text);

    public Task<string> EchoAsync(string text, CancellationToken cancellationToken) => Task.FromResult(text);

    public Task<string> FailAsync(string text, CancellationToken cancellationToken) =>
        text == "known" ? throw new LoopException("test_failed", "As asked for.") : throw new InvalidOperationException($"secret {text}");

    public Task<string> WaitAsync(string text, CancellationToken cancellationToken)
    {
        _waiting.TrySetResult(cancellationToken);
        return _answer.Task.WaitAsync(cancellationToken);
    }

    public async IAsyncEnumerable<int> CountAsync(int to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; number <= to; number++)
        {
            yield return number;
        }

        await Task.CompletedTask;
    }

    public async Task<int> SumAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> items, CancellationToken cancellationToken)
    {
        _waiting.TrySetResult(cancellationToken);
        await _answer.Task.WaitAsync(cancellationToken);
        var sum = 0;
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            sum += item.Length;
        }

        return sum;
    }
}
