namespace Loop.Sdk.WebRtc.Connections;

/// <summary>How a server is reached; the better comes first.</summary>
internal enum IceServerTransport
{
    Udp,
    Tcp,
    Tls,
}
