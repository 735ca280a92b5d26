using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Sessions;

[TestClass]
public sealed class SessionObserverTests
{
    private static MemoryHost Host(RecordingObserver observer, Action<LoopServerOptions>? configure = null) => new(configure, builder =>
    {
        builder.Services.AddSingleton(observer);
        builder.AddContract<ITestContract>(new TestHandler()).AddSessionObserver<FailingObserver>().AddSessionObserver<ForwardingObserver>();
    });

    [TestMethod]
    public async Task Observer_hears_everything_in_order_though_another_one_fails()
    {
        var observer = new RecordingObserver();
        await using var host = Host(observer);
        using var first = await host.OpenAsync();
        var accepted = host.Accepted;
        first.Cut();
        await accepted;
        using var second = await host.ResumeAsync(first.ResumeHello(received: 0));
        await second.SendAsync(ControlFrames.Write(new GoAway(ErrorCodes.Closed, Verdict.Stop)));
        var id = second.Welcome.Session;
        CollectionAssert.AreEqual(
            new[] { $"{id} connected", $"{id} disconnected", $"{id} resumed", $"{id} ended closed goodbye" },
            await observer.TakeAsync(4));
        Assert.IsTrue(host.Logs.Entries.Any(static entry => entry.Contains("observer", StringComparison.Ordinal) && entry.Contains("I always fail.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Session_that_nobody_resumes_ends_without_a_goodbye()
    {
        var observer = new RecordingObserver();
        await using var host = Host(observer, static options => options.ResumeWindow = TimeSpan.Zero);
        using var client = await host.OpenAsync();
        client.Cut();
        var id = client.Welcome.Session;
        CollectionAssert.AreEqual(new[] { $"{id} connected", $"{id} disconnected", $"{id} ended session_lost" }, await observer.TakeAsync(3));
    }

    [TestMethod]
    public async Task Observer_that_takes_for_ever_holds_up_no_call()
    {
        var observer = new RecordingObserver();
        await using var host = Host(observer);
        using var held = observer.Hold();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, ITestContract.EchoMethod);
        Assert.AreEqual("\"x\"", (await client.ReadAsync()).Text);
        Assert.AreEqual(0, observer.Count);
    }

    [TestMethod]
    public async Task Observer_of_one_session_learns_that_it_has_no_connection_already()
    {
        var observer = new RecordingObserver();
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        var accepted = host.Accepted;
        var session = host.Server.Registry.Sessions.Single().Context;
        client.Cut();
        await accepted;
        session.Observe(observer);
        CollectionAssert.AreEqual(new[] { $"{session.Id} disconnected" }, await observer.TakeAsync(1));
        session.End("test", "Enough.");
        CollectionAssert.AreEqual(new[] { $"{session.Id} ended test" }, await observer.TakeAsync(1));
    }

    [TestMethod]
    public async Task Observer_of_a_session_that_is_over_learns_that()
    {
        var observer = new RecordingObserver();
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        var session = host.Server.Registry.Sessions.Single().Context;
        session.End("test", "Enough.");
        session.Observe(observer);
        CollectionAssert.AreEqual(new[] { $"{session.Id} ended test" }, await observer.TakeAsync(1));
    }

    private sealed class FailingObserver : ISessionObserver
    {
        public ValueTask ConnectedAsync(LoopSession session) => throw new InvalidOperationException("I always fail.");

        public ValueTask EndedAsync(LoopSession session, SessionEnd end) => throw new InvalidOperationException("I always fail.");
    }

    private sealed class ForwardingObserver(RecordingObserver observer) : ISessionObserver
    {
        public ValueTask ConnectedAsync(LoopSession session) => observer.ConnectedAsync(session);

        public ValueTask DisconnectedAsync(LoopSession session) => observer.DisconnectedAsync(session);

        public ValueTask ResumedAsync(LoopSession session) => observer.ResumedAsync(session);

        public ValueTask EndedAsync(LoopSession session, SessionEnd end) => observer.EndedAsync(session, end);
    }
}
