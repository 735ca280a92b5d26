using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Cuts;

[TestClass]
public sealed class LargeMessageTests
{
    private const int Size = 4 * 1024 * 1024;

    private readonly World _world = new();

    [TestMethod]
    public async Task Large_messages_arrive_whole_and_small_calls_pass_them_when_the_link_is_cut()
    {
        await using var host = await Hosts.StartAsync(_world);
        var client = await host.ConnectAsync();
        var bytes = Check.Pattern(Size);

        var reversing = client.Probe().ReverseAsync(bytes);
        for (var round = 0; round < 20; round++)
        {
            client.Link.CutAfter(round % 2 == 0 ? LinkDirection.ToServer : LinkDirection.ToClient, 300_000 + (round * 7_919));
            await client.Probe().EchoAsync($"small {round}");
        }

        var reversed = await reversing;
        Array.Reverse(bytes);
        Assert.IsTrue(reversed.Span.SequenceEqual(bytes));
        Assert.IsTrue(_world.Echoes.Values.All(static count => count == 1));
    }
}
