using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Calls;

[TestClass]
public sealed class CallTests
{
    private readonly World _world = new();

    [TestMethod]
    public async Task Every_kind_of_method_works_over_one_connection()
    {
        await using var host = await Hosts.StartAsync(_world);
        var client = host.CreateClient();
        var probe = client.Probe();

        Assert.AreEqual("text", await probe.EchoAsync("text"));
        await probe.TouchAsync();
        CollectionAssert.AreEqual(new byte[] { 3, 2, 1 }, (await probe.ReverseAsync(new byte[] { 1, 2, 3 })).ToArray());
        Check.IsCount(100, await probe.CountAsync(100).ToListAsync());
        Check.IsCount(100, await probe.CollectAsync(AsyncEnumerable.Range(1, 100)));
        CollectionAssert.AreEqual(new[] { 12, 14, 16 }, await probe.DoubleAsync(10, AsyncEnumerable.Range(1, 3)).ToListAsync());
        Assert.AreEqual(1, client.Link.Connections);
    }

    [TestMethod]
    public async Task Empty_payloads_arrive_empty()
    {
        await using var host = await Hosts.StartAsync(_world);
        var probe = host.CreateClient().Probe();

        Assert.AreEqual("", await probe.EchoAsync(""));
        Assert.AreEqual(0, (await probe.ReverseAsync(default)).Length);
        Assert.AreEqual(0, await probe.CountAsync(0).CountAsync());
        Assert.IsEmpty(await probe.CollectAsync(AsyncEnumerable.Empty<int>()));
        Assert.AreEqual(0, await probe.DoubleAsync(0, AsyncEnumerable.Empty<int>()).CountAsync());
        Assert.AreEqual(3, await probe.MirrorAsync(Enumerable.Repeat(ReadOnlyMemory<byte>.Empty, 3).ToAsyncEnumerable()).CountAsync());
    }

    [TestMethod]
    public async Task Raw_items_come_back_as_they_were_when_mirrored()
    {
        await using var host = await Hosts.StartAsync(_world);
        var parts = Enumerable.Range(0, 200).Select(static number => (ReadOnlyMemory<byte>)Check.Pattern(number * 17, number)).ToArray();

        var back = await host.CreateClient().Probe().MirrorAsync(parts.ToAsyncEnumerable()).Select(static part => part.ToArray()).ToListAsync();

        Assert.HasCount(parts.Length, back);
        Assert.IsTrue(parts.Zip(back).All(static pair => pair.First.Span.SequenceEqual(pair.Second)));
    }

    [TestMethod]
    public async Task Small_and_large_raw_items_keep_their_bytes_when_they_alternate()
    {
        await using var host = await Hosts.StartAsync(_world);
        var parts = Enumerable.Range(0, 60).Select(static number => (ReadOnlyMemory<byte>)Check.Pattern(number % 3 == 1 ? 20_000 : 100, number)).ToArray();

        var back = await host.CreateClient().Probe().MirrorAsync(parts.ToAsyncEnumerable()).Select(static part => part.ToArray()).ToListAsync();

        Assert.HasCount(parts.Length, back);
        Assert.IsTrue(parts.Zip(back).All(static pair => pair.First.Span.SequenceEqual(pair.Second)));
    }

    [TestMethod]
    public async Task An_error_reaches_the_caller_as_it_is_when_the_handler_throws_it()
    {
        await using var host = await Hosts.StartAsync(_world);

        var error = await Check.FailsAsync("shop.sold_out", host.CreateClient().Probe().FailAsync("shop.sold_out"));

        Assert.AreEqual("As asked.", error.Message);
        Assert.AreEqual("""{"why":"asked"}""", error.Details);
    }

    [TestMethod]
    public async Task The_caller_learns_nothing_and_the_session_lives_when_a_handler_fails()
    {
        await using var host = await Hosts.StartAsync(_world);
        var client = await host.ConnectAsync();
        var session = client.Client.SessionId;

        var error = await Check.FailsAsync(ErrorCodes.Internal, client.Probe().FailAsync(""));

        Assert.DoesNotContain("secret", error.ToString());
        Assert.AreEqual("still here", await client.Probe().EchoAsync("still here"));
        Assert.AreEqual(session, client.Client.SessionId);
        Assert.AreEqual(1, client.Link.Connections);
    }

    [TestMethod]
    public async Task Many_calls_are_answered_each_with_its_own_answer_when_made_at_once()
    {
        await using var host = await Hosts.StartAsync(_world);
        var probe = host.CreateClient().Probe();
        var texts = Enumerable.Range(0, 1_000).Select(static number => $"call {number}").ToArray();

        var answers = await Task.WhenAll(texts.Select(text => probe.EchoAsync(text)));

        CollectionAssert.AreEqual(texts, answers);
        Assert.IsTrue(_world.Echoes.Values.All(static count => count == 1));
    }
}
