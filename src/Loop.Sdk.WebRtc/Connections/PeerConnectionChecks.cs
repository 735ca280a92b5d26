namespace Loop.Sdk.WebRtc.Connections;

/// <summary>Checks what users give.</summary>
internal static class PeerConnectionChecks
{
    private const int Most = 64 * 1024 * 1024;

    public static void Validate(PeerConnectionOptions options)
    {
        InRange(options.MaxMessageSize, 1, nameof(options.MaxMessageSize));
        InRange(options.SendBuffer, 16 * 1024, nameof(options.SendBuffer));
        InRange(options.ReceiveBuffer, Math.Max(64 * 1024, options.MaxMessageSize), nameof(options.ReceiveBuffer));
        Validate(options.IceServers);
    }

    public static void Validate(IReadOnlyList<IceServer> servers)
    {
        foreach (var url in servers.SelectMany(static server => server.Urls))
        {
            if (IceServerUrl.TryParse(url) is null)
            {
                throw new ArgumentException($"'{url}' is no address of a STUN or TURN server.", nameof(servers));
            }
        }
    }

    private static void InRange(int value, int least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Most, name);
    }
}
