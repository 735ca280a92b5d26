namespace Loop.Sdk.Server.Presence;

/// <summary>
/// How the nodes of a cluster reach each other: add one to the services as a singleton. Messages may get lost, come twice or in another order; presence notices, and asks again. They
/// are opaque, and trusted: whoever can publish can show anybody as present.
/// </summary>
public interface IPresenceBackplane
{
    /// <summary>Sends a message to all other nodes. It may come back to the sender.</summary>
    /// <param name="message">The message, up to about 1 MiB. Not valid after the call.</param>
    /// <param name="cancellationToken">The host stops.</param>
    ValueTask PublishAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Receives what the others send, from now on. Called once, and again if it ends or fails.</summary>
    /// <param name="cancellationToken">The host stops.</param>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken);
}
