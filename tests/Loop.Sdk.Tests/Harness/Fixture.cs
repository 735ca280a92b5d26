namespace Loop.Sdk.Tests.Harness;

/// <summary>A client, its scripted server, and everything around them that a test moves. Attempts follow each other without a wait unless the test sets the jitter.</summary>
internal sealed class Fixture : IAsyncDisposable
{
    private double _jitter;

    public Fixture(Action<ChannelClientOptions>? configure = null)
    {
        Server = new ScriptedServer(Time);
        var options = new ChannelClientOptions
        {
            Endpoint = new Uri("ws://server.test/loop"),
            TimeProvider = Time,
            Transport = Server,
            NetworkMonitor = Network,
            Random = () => Volatile.Read(ref _jitter),
        };
        configure?.Invoke(options);
        Client = ChannelClient.Create(options);
    }

    public ManualTime Time { get; } = new();

    public ManualNetwork Network { get; } = new();

    public ScriptedServer Server { get; }

    public ChannelClient Client { get; }

    public IDemo Demo => Client.Service<IDemo>();

    /// <summary>The share of every random wait that is waited for, 0 to 1.</summary>
    public double Jitter
    {
        set => Volatile.Write(ref _jitter, value);
    }

    public async Task<ServedConnection> ConnectAsync()
    {
        var connecting = Client.ConnectAsync();
        var served = await Server.ServeAsync();
        await connecting.Soon();
        return served;
    }

    /// <summary>Completes at the first step to this state from now on, or at once if it is the present one.</summary>
    public async Task<ChannelStateChange> UntilAsync(ChannelState state, string? reason = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (var change in Client.StateChanges(patience.Token))
        {
            if (change.Current == state && (reason is null || change.Reason == reason))
            {
                return change;
            }
        }

        throw new AssertFailedException($"The channel never became {state}.");
    }

    public static async Task<LoopException> FailsAsync(Task task, string code)
    {
        var error = await Assert.ThrowsExactlyAsync<LoopException>(() => task.Soon());
        Assert.AreEqual(code, error.Code);
        return error;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
