using Loop.Sdk.Tests.Harness;

namespace Loop.Sdk.Tests.Channels;

[TestClass]
public sealed class CallTests
{
    [TestMethod]
    public async Task Calls_of_every_kind_are_answered()
    {
        await using var fixture = new Fixture();
        var demo = fixture.Demo;
        await fixture.ConnectAsync();

        Assert.AreEqual("echo", await demo.EchoAsync("echo").Soon());
        Assert.AreEqual("key", await demo.ReadAsync("key").Soon());
        Assert.AreEqual(6, await demo.SumAsync(Numbers(1, 2, 3)).Soon());
        Assert.IsTrue((await demo.CountAsync(3).ToListAsync().AsTask().Soon()).SequenceEqual([1, 2, 3]));
        Assert.IsTrue((await demo.DoubleAsync(Numbers(1, 2)).ToListAsync().AsTask().Soon()).SequenceEqual([2, 4]));
        Assert.IsTrue((await demo.ReverseAsync(new byte[] { 1, 2, 3 }).Soon()).Span.SequenceEqual<byte>([3, 2, 1]));
    }

    [TestMethod]
    public async Task Call_fails_with_deadline_exceeded_when_it_takes_longer_than_the_timeout()
    {
        await using var fixture = new Fixture(options => options.CallTimeout = TimeSpan.FromSeconds(5));
        await fixture.ConnectAsync();

        var call = fixture.Demo.HangAsync();
        await fixture.Server.Service.UntilHungAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(6));

        await Fixture.FailsAsync(call, ErrorCodes.DeadlineExceeded);
    }

    [TestMethod]
    public async Task Call_is_cancelled_when_its_token_is()
    {
        await using var fixture = new Fixture();
        await fixture.ConnectAsync();
        using var cancellation = new CancellationTokenSource();

        var call = fixture.Demo.HangAsync(cancellation.Token);
        await fixture.Server.Service.UntilHungAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => call.Soon());
    }

    [TestMethod]
    public async Task Waiting_call_fails_with_deadline_exceeded_when_there_is_no_connection_in_time()
    {
        await using var fixture = new Fixture(options => options.CallTimeout = TimeSpan.FromSeconds(5)) { Jitter = 1 };
        fixture.Server.Fault = new IOException("Nobody is there.");

        var call = fixture.Demo.EchoAsync("never");
        await fixture.Time.UntilWaitedForAsync(TimeSpan.FromSeconds(5));
        fixture.Time.Advance(TimeSpan.FromSeconds(5));

        await Fixture.FailsAsync(call, ErrorCodes.DeadlineExceeded);
    }

    [TestMethod]
    public async Task Calls_beyond_the_queue_fail_with_unavailable()
    {
        await using var fixture = new Fixture(options => options.OfflineQueueLimit = 2);

        var first = fixture.Demo.EchoAsync("1");
        var second = fixture.Demo.ReadAsync("2");
        await Fixture.FailsAsync(fixture.Demo.EchoAsync("3"), ErrorCodes.Unavailable);
        await fixture.Server.ServeAsync();

        Assert.AreEqual("1", await first.Soon());
        Assert.AreEqual("2", await second.Soon());
        Assert.AreEqual("4", await fixture.Demo.EchoAsync("4").Soon());
    }

    private static IAsyncEnumerable<int> Numbers(params int[] numbers) => numbers.ToAsyncEnumerable();
}
