namespace Loop.Sdk.Testing;

/// <summary>One connection over a link: a lane each way.</summary>
internal sealed class LinkConnection
{
    private readonly LinkLane _toServer;
    private readonly LinkLane _toClient;

    public LinkConnection(BreakableLink link, TimeProvider time)
    {
        _toServer = new LinkLane(link, time, Cut);
        _toClient = new LinkLane(link, time, Cut);
        Client = new LinkStream(_toClient, _toServer);
        Server = new LinkStream(_toServer, _toClient);
    }

    public Stream Client { get; }

    public Stream Server { get; }

    public void Cut()
    {
        _toServer.Break();
        _toClient.Break();
    }

    public void CutAfter(LinkDirection direction, long bytes) => (direction == LinkDirection.ToServer ? _toServer : _toClient).CutAfter(bytes);
}
