using System.Net;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.InteropTests.WebRtc.Peers;

/// <summary>A connection of ours and a peer of another implementation, and what is signalled between them.</summary>
internal sealed class PeerPair : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new(Patience);
    private readonly TaskCompletionSource _described = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _pumps = [];

    private PeerPair(IPeerConnection ours, ForeignPeer theirs) => (Ours, Theirs) = (ours, theirs);

    public IPeerConnection Ours { get; }

    public ForeignPeer Theirs { get; }

    public CancellationToken Stop => _stop.Token;

    public static async Task<PeerPair> CreateAsync(IPeerConnectionFactory factory, PeerProgram program, IReadOnlyList<IceServer>? servers = null, bool trickles = false, bool echoes = true)
    {
        var ours = factory.Create(new PeerConnectionOptions
        {
            LocalAddresses = [IPAddress.Loopback],
            IceServers = servers ?? [],
            TransportPolicy = servers is null ? IceTransportPolicy.All : IceTransportPolicy.Relay,
        });
        var pair = new PeerPair(ours, await program.CreatePeerAsync(servers, trickles, echoes));
        pair._pumps.Add(pair.TellOursAsync());
        pair._pumps.Add(pair.TellTheirsAsync());
        return pair;
    }

    /// <summary>Ours offers.</summary>
    public async Task OfferAsync()
    {
        var offer = await Ours.SetLocalDescriptionAsync(Stop);
        var answer = await Theirs.AcceptAsync(offer);
        await Ours.SetRemoteDescriptionAsync(answer!, Stop);
        Described();
    }

    /// <summary>Theirs offers.</summary>
    public async Task AnswerAsync(bool restarts = false)
    {
        var offer = await Theirs.OfferAsync(restarts);
        await Ours.SetRemoteDescriptionAsync(offer, Stop);
        await Theirs.AcceptAsync(await Ours.SetLocalDescriptionAsync(Stop));
        Described();
    }

    /// <summary>Descriptions were exchanged: candidates may follow.</summary>
    public void Described() => _described.TrySetResult();

    public async Task ConnectedAsync()
    {
        await UntilAsync(PeerConnectionState.Connected);
        await Theirs.ConnectedAsync();
    }

    public async Task UntilAsync(PeerConnectionState state)
    {
        await foreach (var current in Ours.StateChangesAsync(Stop))
        {
            if (current == state)
            {
                return;
            }
        }

        Assert.Fail($"The connection ended before it was {state}.");
    }

    /// <summary>The next channel that the peer opens.</summary>
    public async Task<IDataChannel> IncomingAsync()
    {
        await foreach (var channel in Ours.IncomingChannelsAsync(Stop))
        {
            await channel.WaitForOpenAsync(Stop);
            return channel;
        }

        throw new InvalidOperationException("The connection ended.");
    }

    /// <summary>Connects, ours or theirs offering, with a channel of ours or theirs.</summary>
    public async Task<IDataChannel> OpenAsync(bool weOffer)
    {
        if (weOffer)
        {
            var channel = Ours.CreateDataChannel("first");
            await OfferAsync();
            await channel.WaitForOpenAsync(Stop);
            return channel;
        }

        await Theirs.OpenAsync("first");
        await AnswerAsync();
        return await IncomingAsync();
    }

    /// <summary>Sends a message and gives what came back.</summary>
    public async Task<(byte[] Payload, DataMessageKind Kind)> EchoAsync(IDataChannel channel, ReadOnlyMemory<byte> message, DataMessageKind kind)
    {
        await channel.SendAsync(message, kind, Stop);
        await foreach (var echo in channel.MessagesAsync(Stop))
        {
            return (echo.Payload.ToArray(), echo.Kind);
        }

        throw new InvalidOperationException("The channel was closed.");
    }

    public async ValueTask DisposeAsync()
    {
        await Ours.DisposeAsync();
        await _stop.CancelAsync();
        await Task.WhenAll(_pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task TellTheirsAsync()
    {
        await foreach (var signal in Ours.SignalsAsync(Stop))
        {
            if (signal is CandidateFound { Candidate.Candidate: not "" } found)
            {
                await _described.Task.WaitAsync(Stop);
                await Theirs.AddAsync(found.Candidate);
            }
        }
    }

    private async Task TellOursAsync()
    {
        await foreach (var candidate in Theirs.Candidates.ReadAllAsync(Stop))
        {
            await _described.Task.WaitAsync(Stop);
            await Ours.AddIceCandidateAsync(candidate, Stop);
        }
    }
}
