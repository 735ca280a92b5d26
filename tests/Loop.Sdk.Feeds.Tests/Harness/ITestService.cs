using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds.Tests.Harness;

[Contract("test.feeds/1", typeof(TestJson))]
public partial interface ITestService
{
    [ContractMethod(1)]
    IFeed<Tally, Step> Tally();

    [ContractMethod(2)]
    IFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>> Notes();

    [ContractMethod(3)]
    IAsyncEnumerable<Tick> Ticks(CancellationToken cancellationToken = default);
}
