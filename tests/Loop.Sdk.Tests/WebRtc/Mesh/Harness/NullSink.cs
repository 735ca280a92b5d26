namespace Loop.Sdk.WebRtc.Mesh.Harness;

/// <summary>Nobody who listens to a link.</summary>
internal sealed class NullSink : ILinkSink
{
    public void Receive(PeerLink link, string channel, ReadOnlySpan<byte> payload)
    {
    }

    public void ReceiveBulk(PeerLink link, ReadOnlySpan<byte> frame)
    {
    }

    public void Changed(PeerLink link)
    {
    }

    public void Left(PeerLink link)
    {
    }

    public void Broken(PeerLink link, string what)
    {
    }
}
