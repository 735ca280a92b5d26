using System.Runtime.CompilerServices;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>Implements the contract, and tells what happens to calls. What a test wants to change of it stands in <see cref="World"/>.</summary>
internal sealed class Probe(World world, string? user = null, string? idempotencyKey = null) : IProbe
{
    public Task<string> EchoAsync(string text, CancellationToken cancellationToken)
    {
        world.Echoed(text);
        return Task.FromResult(text);
    }

    public Task TouchAsync(CancellationToken cancellationToken)
    {
        world.Echoed("");
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>> ReverseAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var reversed = bytes.ToArray();
        Array.Reverse(reversed);
        return Task.FromResult<ReadOnlyMemory<byte>>(reversed);
    }

    public async IAsyncEnumerable<int> CountAsync(int upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; number <= upTo; number++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return number;
        }
    }

    public async Task<List<int>> CollectAsync(IAsyncEnumerable<int> numbers, CancellationToken cancellationToken) =>
        await numbers.ToListAsync(cancellationToken);

    public IAsyncEnumerable<int> DoubleAsync(int offset, IAsyncEnumerable<int> numbers, CancellationToken cancellationToken) =>
        numbers.Select(number => offset + (2 * number));

    public IFeed<int, int> Watch() => world.Sum;

    public Task FailAsync(string code, CancellationToken cancellationToken) => Task.FromException(
        code.Length == 0 ? new InvalidOperationException("A secret.") : new LoopException(code, "As asked.") { Details = """{"why":"asked"}""" });

    public async Task<string> HangAsync(string name, CancellationToken cancellationToken)
    {
        world.Entered.Add(idempotencyKey is null ? name : $"{name} {idempotencyKey}");
        try
        {
            return await world.Release.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            world.Cancelled.Add(name);
            throw;
        }
    }

    public Task<string> HangIdempotentAsync(string name, CancellationToken cancellationToken) => HangAsync(name, cancellationToken);

    public IAsyncEnumerable<int> ListenAsync(CancellationToken cancellationToken) => world.News.Subscribe();

    public IAsyncEnumerable<ReadOnlyMemory<byte>> MirrorAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken) => parts;

    public Task<string> WhoAsync(CancellationToken cancellationToken) => Task.FromResult(user ?? "");
}
