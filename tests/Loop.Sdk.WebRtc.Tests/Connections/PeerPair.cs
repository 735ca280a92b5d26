using System.Net;

namespace Loop.Sdk.WebRtc.Tests.Connections;

/// <summary>Two real connections of one process over loopback, whose signals are carried by two loops.</summary>
internal sealed class PeerPair : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly SemaphoreSlim _negotiating = new(1);
    private readonly Task[] _pumps;

    public PeerPair(PeerConnectionFactory factory, PeerConnectionOptions? options = null, PeerConnectionOptions? otherOptions = null)
    {
        First = factory.Create(Loopback(options));
        Second = factory.Create(Loopback(otherOptions ?? options));
        _pumps = [PumpAsync(First, Second), PumpAsync(Second, First)];
    }

    public IPeerConnection First { get; }

    public IPeerConnection Second { get; }

    /// <summary>Changes what one end says before the other hears it.</summary>
    public Func<string, string> Tamper { get; set; } = static sdp => sdp;

    public static PeerConnectionOptions Loopback(PeerConnectionOptions? options = null) => (options ?? new PeerConnectionOptions()) with { LocalAddresses = [IPAddress.Loopback] };

    public static async Task<IDataChannel> NextAsync(IPeerConnection connection)
    {
        await foreach (var channel in connection.IncomingChannelsAsync().WithTimeout())
        {
            return channel;
        }

        throw new InvalidOperationException("The connection was closed.");
    }

    /// <summary>Waits for a state, or fails if it can no longer come.</summary>
    public static async Task ReachAsync(IPeerConnection connection, PeerConnectionState wanted)
    {
        await foreach (var state in connection.StateChangesAsync().WithTimeout())
        {
            if (state == wanted)
            {
                return;
            }
        }

        throw new InvalidOperationException($"The connection was closed before it was {wanted}.");
    }

    /// <summary>Has the first end open a channel, and gives both ends of it.</summary>
    public async Task<(IDataChannel Here, IDataChannel There)> OpenAsync(string label = "chat", DataChannelOptions? options = null)
    {
        var here = First.CreateDataChannel(label, options);
        var there = await NextAsync(Second);
        await here.WaitForOpenAsync().Soon();
        return (here, there);
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await _stopped.CancelAsync();
        await Task.WhenAll(_pumps);
        _stopped.Dispose();
        _negotiating.Dispose();
    }

    /// <summary>Has one end restart ICE, and waits until both have agreed on it.</summary>
    public async Task RestartAsync(IPeerConnection from, IPeerConnection to)
    {
        await _negotiating.WaitAsync();
        try
        {
            from.RestartIce();
            await NegotiateAsync(from, to);
        }
        finally
        {
            _negotiating.Release();
        }
    }

    private async Task NegotiateAsync(IPeerConnection from, IPeerConnection to)
    {
        var offer = await from.SetLocalDescriptionAsync();
        await to.SetRemoteDescriptionAsync(offer with { Sdp = Tamper(offer.Sdp) });
        var answer = await to.SetLocalDescriptionAsync();
        await from.SetRemoteDescriptionAsync(answer with { Sdp = Tamper(answer.Sdp) });
    }

    private async Task PumpAsync(IPeerConnection from, IPeerConnection to)
    {
        try
        {
            await foreach (var signal in from.SignalsAsync(_stopped.Token))
            {
                if (signal is CandidateFound { Candidate: var candidate })
                {
                    await to.AddIceCandidateAsync(candidate);
                    continue;
                }

                await _negotiating.WaitAsync();
                try
                {
                    await NegotiateAsync(from, to);
                }
                finally
                {
                    _negotiating.Release();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or LoopException)
        {
            // An end was closed in the middle, or was told nonsense on purpose.
        }
    }
}
