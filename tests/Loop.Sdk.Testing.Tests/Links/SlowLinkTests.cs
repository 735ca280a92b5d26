namespace Loop.Sdk.Testing.Tests.Links;

[TestClass]
public sealed class SlowLinkTests
{
    private readonly FakeClock _clock = new();
    private readonly BreakableLink _link;

    public SlowLinkTests() => _link = new BreakableLink(_clock);

    [TestMethod]
    public async Task Bytes_arrive_as_late_as_the_delay_says()
    {
        _link.Delay = TimeSpan.FromSeconds(2);
        var (client, server) = _link.Connect();
        await client.WriteAsync(new byte[3]);
        var reading = ReadAsync(server);

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.IsFalse(reading.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.AreEqual(3, await reading);
    }

    [TestMethod]
    public async Task Bytes_stay_in_order_when_the_delay_ends()
    {
        _link.Delay = TimeSpan.FromSeconds(2);
        var (client, server) = _link.Connect();
        await client.WriteAsync(new byte[] { 1 });
        _link.Delay = TimeSpan.Zero;
        await client.WriteAsync(new byte[] { 2 });
        await client.DisposeAsync();

        var reading = server.ReadAsync(new byte[1]).AsTask();
        Assert.IsFalse(reading.IsCompleted);
        await _clock.AdvanceUntilAsync(reading, TimeSpan.FromSeconds(1));
        var second = new byte[1];
        Assert.AreEqual(1, await server.ReadAsync(second));
        Assert.AreEqual(2, second[0]);
        Assert.AreEqual(0, await server.ReadAsync(second));
    }

    [TestMethod]
    public async Task Bytes_take_as_long_as_the_rate_says_when_the_link_is_throttled()
    {
        _link.BytesPerSecond = 100;
        var (client, server) = _link.Connect();
        await client.WriteAsync(new byte[200]);
        await client.WriteAsync(new byte[100]);

        var first = ReadAsync(server);
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.IsFalse(first.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.AreEqual(200, await first);
        var second = ReadAsync(server);
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.IsFalse(second.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.AreEqual(100, await second);
    }

    [TestMethod]
    public async Task What_passed_before_a_cut_still_arrives_when_it_is_late()
    {
        _link.Delay = TimeSpan.FromSeconds(1);
        var (client, server) = _link.Connect();
        _link.CutAfter(LinkDirection.ToServer, 4);
        await client.WriteAsync(new byte[10]);

        var reading = ReadAsync(server);
        await _clock.AdvanceUntilAsync(reading, TimeSpan.FromSeconds(1));

        Assert.AreEqual(4, await reading);
        await Assert.ThrowsExactlyAsync<IOException>(() => ReadAsync(server));
    }

    [TestMethod]
    public async Task A_writer_fails_when_the_link_is_cut_while_too_much_is_late()
    {
        _link.Delay = TimeSpan.FromSeconds(1);
        var (client, _) = _link.Connect();
        var writing = WriteForeverAsync(client);
        Assert.IsFalse(writing.IsCompleted);

        _link.Cut();

        await Assert.ThrowsExactlyAsync<IOException>(() => writing);

        static async Task WriteForeverAsync(Stream stream)
        {
            while (true)
            {
                await stream.WriteAsync(new byte[1]);
            }
        }
    }

    [TestMethod]
    public void Settings_out_of_range_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _link.Delay = TimeSpan.FromTicks(-1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _link.BytesPerSecond = 0);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _link.CutAfter(LinkDirection.ToClient, -1));
    }

    private static async Task<int> ReadAsync(Stream stream) => await stream.ReadAsync(new byte[1000]);
}
