namespace Loop.Sdk.Testing.Tests.Blocking;

/// <summary>Runs what the test says on the handler's thread.</summary>
internal sealed class Blocker(Func<int, int> run) : IBlocker
{
    public Task<int> RunAsync(int number, CancellationToken cancellationToken) => Task.FromResult(run(number));

    public IAsyncEnumerable<int> CountAsync(int count, CancellationToken cancellationToken) => Enumerable.Range(1, count).Select(run).ToAsyncEnumerable();
}
