using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Threads;

[TestClass]
public sealed class ThreadTests : IDisposable
{
    private const int Callers = 8;
    private const int CallsEach = 500;
    private const int CallsPerCut = 40;
    private const int Calls = Callers * CallsEach;

    // Narrow everywhere, so that callers wait for credit, for a place, and for one another.
    private static readonly SessionOptions Narrow = new()
    {
        Limits = new PeerLimits { StreamWindow = FrameLimits.MinWindow, SessionWindow = 2 * FrameLimits.MinWindow, MaxStreams = Callers - 2, AckBytes = 1000 },
        MaxStreamWindow = FrameLimits.MinWindow,
    };

    private readonly StressAccount _account = new(Calls);
    private readonly StressClient _client;
    private readonly StressServer _server;
    private readonly SemaphoreSlim _cutsDue = new(0);
    private int _ended;

    public ThreadTests()
    {
        _client = new StressClient(_account, Narrow);
        _server = new StressServer(_account, Narrow);
    }

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _cutsDue.Dispose();

    [TestMethod]
    [Timeout(60_000)]
    public async Task Calls_of_many_threads_are_all_accounted_for_when_connections_break()
    {
        var link = new StressLink(_client, _server);
        link.Connect();
        var callers = Enumerable.Range(0, Callers).Select(StartCaller).ToArray();
        for (var cut = 0; cut < Calls / CallsPerCut; cut++)
        {
            await _cutsDue.WaitAsync();
            await link.CutAsync(byClient: cut % 2 == 0);
            link.Connect();
        }

        foreach (var caller in callers)
        {
            caller.Join();
        }

        Assert.AreEqual("", string.Join('\n', _account.Faults));
        Assert.AreEqual(Calls, _account.Answered + _account.Cancelled);
        await UntilAsync(() => _account.Running == 0 && _client.Session.IsIdle && _server.Session.IsIdle);
        await UntilAsync(AllAcknowledged);
        CheckBooks();
        await link.CutAsync(byClient: true);
        TestContext.WriteLine($"{_account.Answered} calls were answered, {_account.Cancelled} cancelled.");
        Assert.IsTrue(_account.Answered > Calls / 2 && _account.Cancelled > 0, "The calls do not test what they should.");
    }

    private Thread StartCaller(int number)
    {
        var caller = new StressCaller(new StressInvoker(_client), _account, new SeededRandom(number));
        var thread = new Thread(() =>
        {
            for (var call = 0; call < CallsEach; call++)
            {
                Call(caller, (number * CallsEach) + call);
            }
        });
        thread.Start();
        return thread;
    }

    private void Call(StressCaller caller, int call)
    {
        try
        {
            caller.CallAsync(call).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            _account.Report($"call {call}: {exception}");
        }

        if (Interlocked.Increment(ref _ended) % CallsPerCut == 0)
        {
            _cutsDue.Release();
        }
    }

    // What is not acknowledged by bytes is acknowledged by a ping.
    private bool AllAcknowledged()
    {
        _client.Session.Ping(Clock.System.Now);
        return _client.Session.Unacknowledged + _server.Session.Unacknowledged == 0;
    }

    private void CheckBooks()
    {
        SessionProbe.CheckBooks(_client.Session, Narrow);
        SessionProbe.CheckBooks(_server.Session, Narrow);
        Assert.AreEqual(SessionProbe.SendCredit(_client.Session), SessionProbe.ReceiveCredit(_server.Session));
        Assert.AreEqual(SessionProbe.SendCredit(_server.Session), SessionProbe.ReceiveCredit(_client.Session));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
