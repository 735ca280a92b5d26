using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Server.Tests.Harness;

namespace Loop.Sdk.Server.Tests.Sessions;

[TestClass]
public sealed class ResumeTests
{
    [TestMethod]
    public async Task Call_goes_on_over_the_next_connection()
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();
        await first.CallAsync(1, ITestContract.WaitMethod);
        await host.Handler.Waiting;
        var accepted = host.Accepted;
        first.Cut();
        await accepted;
        host.Handler.Answer("kept");

        using var second = await host.ResumeAsync(first.ResumeHello(received: 0));
        Assert.IsTrue(second.Welcome.Resumed);
        Assert.AreEqual(first.Welcome.Session, second.Welcome.Session);
        Assert.AreNotEqual(first.Welcome.Secret, second.Welcome.Secret);
        Assert.AreEqual(1UL, second.Welcome.Received);
        Assert.AreEqual("\"kept\"", (await second.ReadAsync()).Text);
    }

    [TestMethod]
    public async Task Session_can_be_resumed_when_its_first_welcome_arrived_though_sending_it_failed()
    {
        await using var host = new MemoryHost();
        using var first = await host.Connect(failWrites: true).HelloAsync();
        await host.Accepted;
        using var second = await host.ResumeAsync(first.ResumeHello(received: 0));
        Assert.IsTrue(second.Welcome.Resumed);
        Assert.AreEqual(first.Welcome.Session, second.Welcome.Session);
    }

    [TestMethod]
    public async Task Wrong_secret_gives_a_new_session_and_harms_no_other()
    {
        await using var host = new MemoryHost();
        using var victim = await host.OpenAsync();
        using var intruder = await host.ResumeAsync(victim.ResumeHello(0, secret: new string('A', 43)));
        Assert.IsFalse(intruder.Welcome.Resumed);
        Assert.AreNotEqual(victim.Welcome.Session, intruder.Welcome.Session);
        await victim.CallAsync(1, ITestContract.EchoMethod);
        Assert.AreEqual("\"x\"", (await victim.ReadAsync()).Text);
    }

    [TestMethod]
    public async Task Unknown_session_gives_a_new_one()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync(new Hello { Resume = new ResumeRequest(new string('A', 22), "secret", 0) });
        Assert.IsFalse(client.Welcome.Resumed);
        using var other = await host.OpenAsync(new Hello { Resume = new ResumeRequest("not an id", "secret", 0) });
        Assert.IsFalse(other.Welcome.Resumed);
    }

    [TestMethod]
    public async Task Client_whose_welcome_was_lost_may_come_again_with_the_old_secret()
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();
        using var second = await host.ResumeAsync(first.ResumeHello(0));
        Assert.IsTrue(second.Welcome.Resumed);
        using var third = await host.ResumeAsync(first.ResumeHello(0));
        Assert.IsTrue(third.Welcome.Resumed);
        using var fourth = await host.ResumeAsync(first.ResumeHello(0));
        Assert.IsTrue(fourth.Welcome.Resumed);
    }

    [TestMethod]
    public async Task Old_secret_is_worth_nothing_once_the_client_was_heard()
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();
        using var second = await host.ResumeAsync(first.ResumeHello(0));
        await second.CallAsync(1, ITestContract.EchoMethod);
        await second.ReadAsync();
        using var replayed = await host.ResumeAsync(first.ResumeHello(0));
        Assert.IsFalse(replayed.Welcome.Resumed);
        await second.CallAsync(3, ITestContract.EchoMethod);
        Assert.AreEqual("\"x\"", (await second.ReadAsync()).Text);
    }

    [TestMethod]
    public async Task Older_connection_is_fenced()
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();
        var fenced = first.ReadGoAwayAsync();
        using var second = await host.OpenAsync(first.ResumeHello(0));
        Assert.IsTrue(second.Welcome.Resumed);
        var goAway = await fenced;
        Assert.AreEqual(ErrorCodes.Fenced, goAway.Code);
        Assert.AreEqual(Verdict.Stop, goAway.Verdict);
    }

    [TestMethod]
    public async Task Connection_that_a_late_attempt_overtakes_before_it_was_heard_is_to_come_back()
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();
        var hello = first.ResumeHello(0);
        using var second = await host.ResumeAsync(hello);
        var fenced = second.ReadGoAwayAsync();
        using var late = await host.OpenAsync(hello);
        Assert.IsTrue(late.Welcome.Resumed);
        var goAway = await fenced;
        Assert.AreEqual(ErrorCodes.Fenced, goAway.Code);
        Assert.AreEqual(Verdict.Resume, goAway.Verdict);
    }

    [TestMethod]
    public async Task Attempt_whose_secret_was_replaced_while_it_waited_ends_nobody()
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();
        using var second = await host.ResumeAsync(first.ResumeHello(0));
        await second.CallAsync(1, ITestContract.EchoMethod);
        await second.ReadAsync();

        // It was checked before the client was heard, and comes to the session only now.
        Assert.IsTrue(SessionId.TryParse(first.Welcome.Session, out var id));
        Assert.IsFalse(await host.Server.Registry.Find(id)!.TakeOverAsync(null!, null, SecretHash.Of(first.Welcome.Secret!)));
        await second.CallAsync(3, ITestContract.EchoMethod);
        Assert.AreEqual("\"x\"", (await second.ReadAsync()).Text);
    }

    [TestMethod]
    public async Task Older_connection_that_does_not_answer_is_cut()
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();
        var accepted = host.Accepted;
        using var second = await host.ResumeAsync(first.ResumeHello(0));
        Assert.IsTrue(second.Welcome.Resumed);
        await accepted;
    }

    [TestMethod]
    public async Task Resumes_at_once_leave_one_connection()
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();
        var secret = first.Welcome;
        _ = first.ReadToEndAsync();
        var rivals = Enumerable.Range(0, 8).Select(async _ =>
        {
            using var rival = host.Connect();
            await rival.SendAsync(ControlFrames.Write(first.ResumeHello(0)));
            var welcome = await rival.TryReadAsync();
            await rival.ReadToEndAsync();
            return welcome?.Welcome.Resumed;
        }).ToArray();
        await host.PassTimeUntilAsync(() => rivals.Count(static rival => rival.IsCompleted) >= 7, TimeSpan.FromMilliseconds(10));

        Assert.IsNotNull(secret);
        Assert.AreEqual(1, host.Server.Registry.Sessions.Count(session => session.Id.ToString() == secret.Session));
    }

    [TestMethod]
    [DataRow(1UL)]
    [DataRow(4_000_000_000UL)]
    public async Task Position_that_cannot_be_gives_a_new_session(ulong received)
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();
        using var second = await host.ResumeAsync(first.ResumeHello(received));
        Assert.IsFalse(second.Welcome.Resumed);
    }

    [TestMethod]
    public async Task Session_is_lost_after_the_resume_window()
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();
        await first.CallAsync(1, ITestContract.WaitMethod);
        var cancelled = await host.Handler.Waiting;
        var accepted = host.Accepted;
        first.Cut();
        await accepted;
        host.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.AreEqual(1, host.Server.Registry.Count);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.AreEqual(0, host.Server.Registry.Count);
        await Signals.WhenCancelledAsync(cancelled);
        using var second = await host.ResumeAsync(first.ResumeHello(0));
        Assert.IsFalse(second.Welcome.Resumed);
    }

    [TestMethod]
    public async Task Client_that_says_goodbye_ends_its_session_at_once()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.SendAsync(ControlFrames.Write(new GoAway(ErrorCodes.Closed, Verdict.Stop)));
        await client.Socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await host.Accepted;
        Assert.AreEqual(0, host.Server.Registry.Count);
    }

    [TestMethod]
    public async Task Client_that_says_goodbye_but_does_not_close_is_cut()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.SendAsync(ControlFrames.Write(new GoAway(ErrorCodes.Closed, Verdict.Stop)));
        await host.PassTimeUntilAsync(() => host.Accepted.IsCompleted, TimeSpan.FromSeconds(1));
        Assert.AreEqual(0, host.Server.Registry.Count);
    }

    [TestMethod]
    public async Task Silent_connection_is_cut_and_can_be_resumed()
    {
        await using var host = new MemoryHost();
        using var first = await host.OpenAsync();

        // The welcome may be here before the session listens: silence begins after the answer.
        await first.SendAsync(FrameWriter.Create(FrameKind.Ping, 7, 0));
        Assert.AreEqual(FrameKind.Pong, (await first.ReadAsync()).Kind);
        host.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.IsFalse(host.Accepted.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        await host.Accepted;
        using var second = await host.ResumeAsync(first.ResumeHello(0));
        Assert.IsTrue(second.Welcome.Resumed);
    }

    [TestMethod]
    public async Task Ping_is_answered()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.SendAsync(FrameWriter.Create(FrameKind.Ping, 7, 0));
        Assert.AreEqual(FrameKind.Pong, (await client.ReadAsync()).Kind);
    }
}
