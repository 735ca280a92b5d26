using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Loop.Sdk.Tests.Harness;

internal sealed class DemoService : IDemo
{
    private readonly Channel<bool> _hung = Channel.CreateUnbounded<bool>();
    private int _echoes;

    /// <summary>How often an echo was asked for.</summary>
    public int Echoes => Volatile.Read(ref _echoes);

    /// <summary>What a hanging call waits for.</summary>
    public TaskCompletionSource<string> Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when one more call hangs.</summary>
    public Task UntilHungAsync() => _hung.Reader.ReadAsync().AsTask().Soon();

    public Task<string> EchoAsync(string text, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _echoes);
        return Task.FromResult(text);
    }

    public Task<string> ReadAsync(string key, CancellationToken cancellationToken = default) =>
        key == "hang" ? HangAsync(cancellationToken) : Task.FromResult(key);

    public async IAsyncEnumerable<int> CountAsync(int to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var number = 1; number <= to; number++)
        {
            await Task.Yield();
            yield return number;
        }
    }

    public async Task<int> SumAsync(IAsyncEnumerable<int> numbers, CancellationToken cancellationToken = default) =>
        await numbers.SumAsync(cancellationToken);

    public IAsyncEnumerable<int> DoubleAsync(IAsyncEnumerable<int> numbers, CancellationToken cancellationToken = default) =>
        numbers.Select(number => 2 * number);

    public async Task<string> HangAsync(CancellationToken cancellationToken = default)
    {
        _hung.Writer.TryWrite(true);
        return await Release.Task.WaitAsync(cancellationToken);
    }

    public Task<ReadOnlyMemory<byte>> ReverseAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        var reversed = bytes.ToArray();
        Array.Reverse(reversed);
        return Task.FromResult<ReadOnlyMemory<byte>>(reversed);
    }
}
