using Loop.Sdk.Server.Tests.Harness;

namespace Loop.Sdk.Server.Tests.Contracts;

internal abstract class EchoOnly : ITestContract
{
    public abstract Task<string> EchoAsync(string text, CancellationToken cancellationToken);

    public Task<string> FailAsync(string text, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string> WaitAsync(string text, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<int> CountAsync(int to, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> SumAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> items, CancellationToken cancellationToken) => throw new NotSupportedException();
}
