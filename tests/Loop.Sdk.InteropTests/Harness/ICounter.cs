using Loop.Sdk.Contracts;

namespace Loop.Sdk.InteropTests.Harness;

[Contract("test.counter/1", typeof(CounterJson))]
internal partial interface ICounter
{
    [ContractMethod(1)]
    Task<int> DoubleAsync(int number, CancellationToken cancellationToken = default);

    [ContractMethod(2)]
    IAsyncEnumerable<int> CountAsync(int upTo, CancellationToken cancellationToken = default);

    [ContractMethod(3)]
    IAsyncEnumerable<int> ListenAsync(CancellationToken cancellationToken = default);

    [ContractMethod(4)]
    Task<ReadOnlyMemory<byte>> ReverseAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    [ContractMethod(5, Idempotent = true)]
    Task<int> WaitAsync(CancellationToken cancellationToken = default);
}
