using Loop.Sdk.Contracts;

namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>The probe's contract as a newer server knows it, with a method that the other end has never heard of.</summary>
[Contract("test.probe/1", typeof(ProbeJson))]
public partial interface INewerProbe
{
    [ContractMethod(99)]
    Task<string> NoveltyAsync(string text, CancellationToken cancellationToken = default);
}
