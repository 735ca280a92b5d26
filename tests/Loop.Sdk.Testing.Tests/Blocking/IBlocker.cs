using Loop.Sdk.Contracts;
using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Blocking;

/// <summary>A service whose handlers block their thread, as no handler should.</summary>
[Contract("test.blocker/1", typeof(ProbeJson))]
public partial interface IBlocker
{
    [ContractMethod(1)]
    Task<int> RunAsync(int number, CancellationToken cancellationToken = default);

    [ContractMethod(2)]
    IAsyncEnumerable<int> CountAsync(int count, CancellationToken cancellationToken = default);
}
