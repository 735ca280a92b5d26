namespace Loop.Sdk.Server.LoopApi;

/// <summary>Gives clients what they need to connect their media. Safe for concurrent use.</summary>
/// <remarks>
/// The original used a service of another company. Without one among the services, the server's own signalling is named: the session is the room, or the call, and a guest's token is the credential
/// with which a channel's client can go on as the same guest.
/// </remarks>
public interface ILoopMediaProvider
{
    /// <summary>Lets somebody into the media session of a room or call. The first one begins it; the same place has the same session.</summary>
    /// <param name="join">Who comes where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">It cannot be done now: the client gets status 503.</exception>
    ValueTask<LoopMediaSession> JoinAsync(LoopMediaJoin join, CancellationToken cancellationToken);

    /// <summary>Whether sessions can be joined now, for the heartbeat.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<bool> IsHealthyAsync(CancellationToken cancellationToken);
}
