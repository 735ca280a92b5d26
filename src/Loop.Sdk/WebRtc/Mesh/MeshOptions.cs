namespace Loop.Sdk.WebRtc;

/// <summary>How a mesh is to be.</summary>
public sealed record MeshOptions
{
    /// <summary>The engine that makes connections.</summary>
    public required IPeerConnectionFactory Factory { get; init; }

    /// <summary>How connections are to be. The room's server adds its ICE servers to those that are here.</summary>
    public PeerConnectionOptions Connection { get; init; } = new();

    /// <summary>Whether the server may carry what peers say, sealed with the room's key, while there is no path between them. True by default.</summary>
    public bool UseRelay { get; init; } = true;

    /// <summary>How long a path is looked for before the server's is taken. 0 to 5 minutes; 5 s by default.</summary>
    public TimeSpan RelayAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer without a connection, or without a place in the room, is waited for. 1 s to 1 hour; 30 s by default.</summary>
    public TimeSpan PeerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many peers there are at most: others are not connected to. 1 to 64; 16 by default. Beyond eight or so a mesh of full connections becomes costly for everybody.</summary>
    public int MaxPeers { get; init; } = 16;

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Factory);
        ArgumentNullException.ThrowIfNull(Connection);
        if (RelayAfter < TimeSpan.Zero || RelayAfter > TimeSpan.FromMinutes(5) || PeerTimeout < TimeSpan.FromSeconds(1) || PeerTimeout > TimeSpan.FromHours(1) || MaxPeers is < 1 or > 64)
        {
            throw new ArgumentException("A time or a number of the mesh is out of range.");
        }
    }
}
