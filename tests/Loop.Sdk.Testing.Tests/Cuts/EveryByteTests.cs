using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Cuts;

/// <summary>The link breaks at every byte of the first two thousand, the handshake included. Nothing may be lost, repeated or reordered.</summary>
[TestClass]
public sealed class EveryByteTests
{
    private const int Positions = 2_000;
    private const int Numbers = 400;

    private readonly World _world = new();

    [TestMethod]
    [DataRow(LinkDirection.ToServer)]
    [DataRow(LinkDirection.ToClient)]
    public Task A_stream_goes_on_without_loss_or_repeat_when_the_link_is_cut_at_any_byte(LinkDirection direction) =>
        AtEveryByteAsync(direction, static async (probe, position) => Check.IsCount(Numbers, await probe.CountAsync(Numbers).ToListAsync(), $"cut at {position}"));

    [TestMethod]
    [DataRow(LinkDirection.ToServer)]
    [DataRow(LinkDirection.ToClient)]
    public Task An_upload_goes_on_without_loss_or_repeat_when_the_link_is_cut_at_any_byte(LinkDirection direction) =>
        AtEveryByteAsync(direction, static async (probe, position) =>
            Check.IsCount(Numbers, await probe.CollectAsync(AsyncEnumerable.Range(1, Numbers)), $"cut at {position}"));

    [TestMethod]
    [DataRow(LinkDirection.ToServer)]
    [DataRow(LinkDirection.ToClient)]
    public Task Items_both_ways_go_on_without_loss_or_repeat_when_the_link_is_cut_at_any_byte(LinkDirection direction) =>
        AtEveryByteAsync(direction, static async (probe, position) =>
        {
            var answers = await probe.DoubleAsync(0, AsyncEnumerable.Range(1, Numbers)).ToListAsync();
            Check.IsCount(Numbers, [.. answers.Select(static answer => answer / 2)], $"cut at {position}");
        });

    [TestMethod]
    [DataRow(LinkDirection.ToServer)]
    [DataRow(LinkDirection.ToClient)]
    public async Task Calls_run_once_each_when_the_link_is_cut_at_any_byte(LinkDirection direction)
    {
        await AtEveryByteAsync(direction, static async (probe, position) =>
        {
            for (var call = 0; call < 20; call++)
            {
                var text = $"{position}.{call}";
                Assert.AreEqual(text, await probe.EchoAsync(text));
            }
        });
        Assert.HasCount(20 * Positions, _world.Echoes);
        Assert.IsTrue(_world.Echoes.Values.All(static count => count == 1));
    }

    private async Task AtEveryByteAsync(LinkDirection direction, Func<IProbe, int, Task> run)
    {
        await using var host = await Hosts.StartAsync(_world);
        for (var position = 0; position < Positions; position++)
        {
            var client = host.CreateClient($"user {position}");
            client.Link.CutAfter(direction, position);
            await run(client.Probe(), position);
            await client.Client.DisposeAsync();
        }
    }
}
