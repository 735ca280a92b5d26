using Loop.Sdk.Handshake;
using Loop.Sdk.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Contracts;

[TestClass]
public sealed class ActivatorTests
{
    [TestMethod]
    public async Task Handler_for_every_call_gets_the_call_injected_and_is_disposed_of()
    {
        var journal = new HandlerJournal();
        await using var host = new MemoryHost(build: builder =>
        {
            builder.Services.AddSingleton(journal);
            builder.AddContract<ITestContract, CallHandler>();
        });
        using var client = await host.OpenAsync();
        for (var id = 1UL; id < 6; id += 2)
        {
            await client.CallAsync(id, ITestContract.EchoMethod);
            Assert.AreEqual($"\"{ITestContract.Name} EchoAsync {client.Welcome.Session}\"", (await client.ReadAsync()).Text);
        }

        Assert.AreEqual(3, journal.Made);
        await host.PassTimeUntilAsync(() => journal.Disposed == 3, TimeSpan.Zero);
    }

    [TestMethod]
    public async Task Handler_for_every_session_is_made_once_and_disposed_of_with_it()
    {
        var journal = new HandlerJournal();
        await using var host = new MemoryHost(build: builder => builder.AddContract<ITestContract>(session => new SessionHandler(session, journal)));
        using var first = await host.OpenAsync();
        using var second = await host.OpenAsync();
        await first.CallAsync(1, ITestContract.EchoMethod);
        Assert.AreEqual($"\"{first.Welcome.Session}\"", (await first.ReadAsync()).Text);
        await first.CallAsync(3, ITestContract.EchoMethod);
        await first.ReadAsync();
        await second.CallAsync(1, ITestContract.EchoMethod);
        await second.ReadAsync();
        Assert.AreEqual(2, journal.Made);
        await first.SendAsync(ControlFrames.Write(new GoAway(ErrorCodes.Closed, Verdict.Stop)));
        await host.PassTimeUntilAsync(() => journal.Disposed == 1, TimeSpan.Zero);
    }

    [TestMethod]
    public async Task Handler_made_once_gets_all_calls()
    {
        var journal = new HandlerJournal();
        await using var host = new MemoryHost(build: builder =>
        {
            builder.Services.AddSingleton(journal);
            builder.AddSingletonContract<ITestContract, SingletonHandler>();
        });
        using var first = await host.OpenAsync();
        using var second = await host.OpenAsync();
        await first.CallAsync(1, ITestContract.EchoMethod);
        await first.ReadAsync();
        await second.CallAsync(1, ITestContract.EchoMethod);
        await second.ReadAsync();
        Assert.AreEqual(1, journal.Made);
    }

    [TestMethod]
    public void Contract_added_twice_stops_the_server() =>
        Assert.ThrowsExactly<InvalidOperationException>(() => new MemoryHost(build: static builder =>
            builder.AddContract<ITestContract>(new TestHandler()).AddContract<ITestContract>(new TestHandler())));

    [TestMethod]
    public async Task Streams_are_served()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, ITestContract.CountMethod, "3");
        for (var number = 1; number <= 3; number++)
        {
            Assert.AreEqual($"{number}", (await client.ReadAsync()).Text);
        }

        Assert.AreEqual(Frames.FrameKind.End, (await client.ReadAsync()).Kind);
    }

    [TestMethod]
    public async Task Cancelled_call_cancels_its_handler()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, ITestContract.WaitMethod);
        var token = await host.Handler.Waiting;
        await client.SendAsync(RawClient.Frame(Frames.FrameKind.Cancel, 1, [], []));
        await Signals.WhenCancelledAsync(token);
    }
}
