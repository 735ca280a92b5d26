namespace Loop.Sdk.Server;

/// <summary>Told of every session that begins, and of nothing else: unlike an observer, it costs the session nothing. For the server's own services.</summary>
internal interface ISessionGreeter
{
    /// <summary>A session has begun. Called by whoever opens it, so it must not wait.</summary>
    void Greet(ServerPeer session);
}
