using Loop.Sdk.Feeds;
using Loop.Sdk.Server;

namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>A probe for each call.</summary>
internal sealed class ProbeOfCall(World world, LoopCall call) : IProbe
{
    private readonly Probe _probe = new(world, call.Session.PrincipalId, call.IdempotencyKey);

    public Task<string> EchoAsync(string text, CancellationToken cancellationToken) => _probe.EchoAsync(text, cancellationToken);

    public Task TouchAsync(CancellationToken cancellationToken) => _probe.TouchAsync(cancellationToken);

    public Task<ReadOnlyMemory<byte>> ReverseAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _probe.ReverseAsync(bytes, cancellationToken);

    public IAsyncEnumerable<int> CountAsync(int upTo, CancellationToken cancellationToken) => _probe.CountAsync(upTo, cancellationToken);

    public Task<List<int>> CollectAsync(IAsyncEnumerable<int> numbers, CancellationToken cancellationToken) => _probe.CollectAsync(numbers, cancellationToken);

    public IAsyncEnumerable<int> DoubleAsync(int offset, IAsyncEnumerable<int> numbers, CancellationToken cancellationToken) =>
        _probe.DoubleAsync(offset, numbers, cancellationToken);

    public IFeed<int, int> Watch() => _probe.Watch();

    public Task FailAsync(string code, CancellationToken cancellationToken) => _probe.FailAsync(code, cancellationToken);

    public Task<string> HangAsync(string name, CancellationToken cancellationToken) => _probe.HangAsync(name, cancellationToken);

    public Task<string> HangIdempotentAsync(string name, CancellationToken cancellationToken) => _probe.HangIdempotentAsync(name, cancellationToken);

    public IAsyncEnumerable<int> ListenAsync(CancellationToken cancellationToken) => _probe.ListenAsync(cancellationToken);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> MirrorAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken) =>
        _probe.MirrorAsync(parts, cancellationToken);

    public Task<string> WhoAsync(CancellationToken cancellationToken) => _probe.WhoAsync(cancellationToken);
}
