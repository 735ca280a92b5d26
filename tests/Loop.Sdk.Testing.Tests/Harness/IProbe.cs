using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>A contract with a method of every kind.</summary>
[Contract("test.probe/1", typeof(ProbeJson))]
public partial interface IProbe
{
    [ContractMethod(1)]
    Task<string> EchoAsync(string text, CancellationToken cancellationToken = default);

    [ContractMethod(2)]
    Task TouchAsync(CancellationToken cancellationToken = default);

    [ContractMethod(3)]
    Task<ReadOnlyMemory<byte>> ReverseAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    [ContractMethod(4)]
    IAsyncEnumerable<int> CountAsync(int upTo, CancellationToken cancellationToken = default);

    [ContractMethod(5)]
    Task<List<int>> CollectAsync(IAsyncEnumerable<int> numbers, CancellationToken cancellationToken = default);

    [ContractMethod(6)]
    IAsyncEnumerable<int> DoubleAsync(int offset, IAsyncEnumerable<int> numbers, CancellationToken cancellationToken = default);

    [ContractMethod(7)]
    IFeed<int, int> Watch();

    [ContractMethod(8)]
    Task FailAsync(string code, CancellationToken cancellationToken = default);

    [ContractMethod(9)]
    Task<string> HangAsync(string name, CancellationToken cancellationToken = default);

    [ContractMethod(10, Idempotent = true)]
    Task<string> HangIdempotentAsync(string name, CancellationToken cancellationToken = default);

    [ContractMethod(11)]
    IAsyncEnumerable<int> ListenAsync(CancellationToken cancellationToken = default);

    [ContractMethod(12)]
    IAsyncEnumerable<ReadOnlyMemory<byte>> MirrorAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken = default);

    [ContractMethod(13)]
    Task<string> WhoAsync(CancellationToken cancellationToken = default);
}
