using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>A client of a STUN or TURN server. Used under the connection's lock.</summary>
internal abstract class ServerClient(TransportAddress server)
{
    public TransportAddress Server { get; } = server;

    /// <summary>Whether it has found out what it can.</summary>
    public abstract bool IsSettled { get; }

    public abstract long NextTimeout { get; }

    /// <summary>Takes a message of the server.</summary>
    public abstract void Receive(ReadOnlySpan<byte> message, long now);

    /// <summary>Does what is due, sends, and tells the driver what was found.</summary>
    public abstract void Run(long now);

    /// <summary>Tells the driver again, for a new ICE session, how the server sees this end.</summary>
    public abstract void Tell();

    /// <summary>Lets the server go.</summary>
    public abstract void Close(long now);
}
