namespace Loop.Sdk.Testing;

/// <summary>One connection over a link: a lane each way.</summary>
internal sealed class LinkConnection
{
    private readonly BreakableLink _link;
    private readonly LinkLane _toServer;
    private readonly LinkLane _toClient;
    private volatile bool _dead;

    public LinkConnection(BreakableLink link, TimeProvider time)
    {
        _link = link;
        _toServer = new LinkLane(this, link, time);
        _toClient = new LinkLane(this, link, time);
        Client = new LinkStream(_toClient, _toServer);
        Server = new LinkStream(_toServer, _toClient);
    }

    public Stream Client { get; }

    public Stream Server { get; }

    /// <summary>
    /// Whether what is sent now gets lost without anybody learning of it. A connection that lost something stays dead when the link thaws: going on after a
    /// hole would be worse than any network does.
    /// </summary>
    public bool Loses()
    {
        if (_link.IsFrozen)
        {
            _dead = true;
        }

        return _dead;
    }

    public void Cut()
    {
        _toServer.Break();
        _toClient.Break();
    }

    /// <summary>A lane has passed all it may. Its receiver still gets that; everything else is over now.</summary>
    public void CutBehind(LinkLane lane)
    {
        (lane == _toServer ? _toClient : _toServer).Mute();
        lane.Finish(broken: true);
    }

    public void CutAfter(LinkDirection direction, long bytes) => (direction == LinkDirection.ToServer ? _toServer : _toClient).CutAfter(bytes);
}
