namespace Loop.Sdk.WebRtc.Dtls;

/// <summary>Datagrams that came before the peer's certificate could be checked. Few are held; the peer sends the rest again.</summary>
internal sealed class DtlsBacklog
{
    private const int MostDatagrams = 32;
    private const int MostBytes = 64 * 1024;

    private readonly Queue<byte[]> _datagrams = new();
    private int _bytes;

    public bool IsEmpty => _datagrams.Count == 0;

    public void Add(ReadOnlySpan<byte> datagram)
    {
        if (_datagrams.Count < MostDatagrams && _bytes + datagram.Length <= MostBytes)
        {
            _datagrams.Enqueue(datagram.ToArray());
            _bytes += datagram.Length;
        }
    }

    public byte[] Take()
    {
        var datagram = _datagrams.Dequeue();
        _bytes -= datagram.Length;
        return datagram;
    }

    public void Clear()
    {
        _datagrams.Clear();
        _bytes = 0;
    }
}
