using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice.Simulation;

/// <summary>Two ends and the signalling between them, which delays what it carries.</summary>
internal sealed class SimPair
{
    private readonly SimNetwork _network;
    private readonly int _signalling;
    private readonly Dictionary<SimPeer, long> _busyUntil = [];

    public SimPair(SimNetwork network, SimPeerOptions first, SimPeerOptions second, int signalling = 20_000)
    {
        _network = network;
        _signalling = signalling;
        First = new SimPeer(network, first);
        Second = new SimPeer(network, second);
        First.OnCandidate = candidate => Tell(Second, candidate);
        Second.OnCandidate = candidate => Tell(First, candidate);
    }

    public SimPeer First { get; }

    public SimPeer Second { get; }

    public bool IsConnected => First.Agent.State == IceState.Connected && Second.Agent.State == IceState.Connected;

    public bool IsOver => First.Agent.State == IceState.Failed && Second.Agent.State == IceState.Failed;

    /// <summary>The first offers: the second gets its credentials, then the first the second's.</summary>
    public void Connect()
    {
        First.Gather();
        Post(Second, () =>
        {
            Second.Gather();
            Exchange();
        });
    }

    public void Restart()
    {
        // The offer goes out before the candidates.
        First.Agent.Restart(IceCredentials.Create(_network.Random.Fill), _network.Now);
        Post(Second, () =>
        {
            Second.Agent.Restart(IceCredentials.Create(_network.Random.Fill), _network.Now);
            Exchange();
            Second.Offer();
        });
        First.Offer();
    }

    /// <summary>Sends data both ways, again and again.</summary>
    public void Chat()
    {
        First.SendData();
        Second.SendData();
        _network.After(100_000, Chat);
    }

    /// <summary>Whether data that is sent from now on gets through, both ways.</summary>
    public bool Talks(long within = 3_000_000)
    {
        var (first, second) = (First.DataReceived, Second.DataReceived);
        return _network.RunUntil(() => First.DataReceived > first + 1 && Second.DataReceived > second + 1, within);
    }

    // What is told comes late, and in order.
    private void Post(SimPeer to, Action action)
    {
        var latency = _signalling + (_signalling == 0 ? 0 : _network.Random.Next(_signalling));
        var at = Math.Max(_network.Now + latency, _busyUntil.GetValueOrDefault(to));
        _busyUntil[to] = at;
        _network.After(at - _network.Now, action);
    }

    private void Exchange()
    {
        SetRemote(Second, First);
        Post(First, () => SetRemote(First, Second));
    }

    private void SetRemote(SimPeer peer, SimPeer other)
    {
        peer.Agent.SetRemoteCredentials(other.Agent.LocalCredentials, false, _network.Now);
        peer.Drive();
    }

    private void Tell(SimPeer peer, Candidate? candidate) => Post(peer, () =>
    {
        if (candidate is { } found)
        {
            // As it would go over the wire.
            SimFailure.Unless(CandidateLine.TryParse(CandidateLine.Format(found), out var read) && read == found with { Related = read.Related }, "a candidate is not read as it was written");
            peer.Agent.AddRemoteCandidate(read, _network.Now);
        }
        else
        {
            peer.Agent.EndOfRemoteCandidates(_network.Now);
        }

        peer.Drive();
    });
}
