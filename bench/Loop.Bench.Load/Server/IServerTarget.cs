using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Server;

/// <summary>The server's half of a target: hosted by a Kestrel that is the same for all of them.</summary>
internal interface IServerTarget
{
    void AddServices(IServiceCollection services);

    void Map(WebApplication app);

    /// <summary>Sends one event to the session that subscribed last. Completes when the target can take the next one.</summary>
    ValueTask PushAsync(Note note);

    /// <summary>Sends one event to every subscribed session. Completes when the target can take the next one.</summary>
    ValueTask PublishAsync(Note note);
}
