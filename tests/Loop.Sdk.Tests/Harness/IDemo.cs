using Loop.Sdk.Contracts;

namespace Loop.Sdk.Tests.Harness;

/// <summary>One method of every kind.</summary>
[Contract("tests.demo/1", typeof(DemoJson))]
public partial interface IDemo
{
    [ContractMethod(1)]
    Task<string> EchoAsync(string text, CancellationToken cancellationToken = default);

    [ContractMethod(2, Idempotent = true)]
    Task<string> ReadAsync(string key, CancellationToken cancellationToken = default);

    [ContractMethod(3)]
    IAsyncEnumerable<int> CountAsync(int to, CancellationToken cancellationToken = default);

    [ContractMethod(4)]
    Task<int> SumAsync(IAsyncEnumerable<int> numbers, CancellationToken cancellationToken = default);

    [ContractMethod(5)]
    IAsyncEnumerable<int> DoubleAsync(IAsyncEnumerable<int> numbers, CancellationToken cancellationToken = default);

    [ContractMethod(6)]
    Task<string> HangAsync(CancellationToken cancellationToken = default);

    [ContractMethod(7)]
    Task<ReadOnlyMemory<byte>> ReverseAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);
}
