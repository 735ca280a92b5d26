namespace Loop.Sdk.WebRtc.Conformance;

/// <summary>Two connections and whoever carries their descriptions and candidates, as an application would, in order and without loss.</summary>
internal sealed class Pairing : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<Task> _carrying = [];

    public Pairing(IPeerConnection first, IPeerConnection second, Func<SessionDescription, SessionDescription>? inBetween = null)
    {
        (First, Second) = (first, second);
        _carrying.Add(Task.Run(() => CarryAsync(first, second, inBetween ?? (static description => description))));
        _carrying.Add(Task.Run(() => CarryAsync(second, first, inBetween ?? (static description => description))));
    }

    public IPeerConnection First { get; }

    public IPeerConnection Second { get; }

    /// <summary>A connected pair with one channel, which the first end opened.</summary>
    public static async Task<(Pairing Pair, IDataChannel Mine, IDataChannel Theirs)> OpenAsync(
        IPeerConnectionFactory factory, IPeerConnectionFactory other, PeerConnectionOptions? options = null, DataChannelOptions? channel = null)
    {
        var pair = new Pairing(factory.Create(options), other.Create(options));
        var mine = pair.First.CreateDataChannel("first", channel);
        var theirs = await pair.Second.IncomingChannelsAsync().FirstAsync();
        await mine.WaitForOpenAsync();
        return (pair, mine, theirs);
    }

    public static async Task UntilAsync(IPeerConnection connection, PeerConnectionState wanted)
    {
        await foreach (var state in connection.StateChangesAsync())
        {
            if (state == wanted)
            {
                return;
            }
        }

        Assert.Fail($"It was never {wanted}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Task.WhenAll(_carrying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _turn.Dispose();
        _stop.Dispose();
    }

    // One exchange at a time: glare has tests of its own.
    private async Task CarryAsync(IPeerConnection from, IPeerConnection to, Func<SessionDescription, SessionDescription> inBetween)
    {
        await foreach (var signal in from.SignalsAsync(_stop.Token))
        {
            await _turn.WaitAsync(_stop.Token);
            try
            {
                if (signal is CandidateFound found)
                {
                    await to.AddIceCandidateAsync(found.Candidate, _stop.Token);
                }
                else if (from.SignalingState == SignalingState.Stable)
                {
                    await to.SetRemoteDescriptionAsync(inBetween(await from.SetLocalDescriptionAsync(_stop.Token)), _stop.Token);
                    await from.SetRemoteDescriptionAsync(inBetween(await to.SetLocalDescriptionAsync(_stop.Token)), _stop.Token);
                }
            }
            finally
            {
                _turn.Release();
            }
        }
    }
}
