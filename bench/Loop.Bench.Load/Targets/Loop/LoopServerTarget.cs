using Loop.Bench.Load.Payload;
using Loop.Bench.Load.Server;
using Loop.Sdk.Server;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>The server with the bench's own service, and with what else is measured.</summary>
/// <param name="add">Adds that; null for nothing.</param>
/// <param name="map">Maps its endpoints; null for none.</param>
internal sealed class LoopServerTarget(Action<ILoopServerBuilder>? add = null, Action<WebApplication>? map = null) : IServerTarget
{
    public const string Path = "/loop";

    /// <summary>The large payloads of the head-of-line workloads are one message each.</summary>
    public const int MaxMessage = 64 * 1024 * 1024;

    // Between two looks at how far the subscribers are.
    private const int EventsPerLook = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly BenchService _service = new();
    private int _events;

    public void AddServices(IServiceCollection services)
    {
        var builder = services.AddLoopServer(static options =>
        {
            options.AllowAnonymous = true;
            options.Limits.MaxMessage = MaxMessage;
            options.Limits.MaxAssembly = 2 * MaxMessage;

            // A single client address makes all the load.
            options.RateLimits.SessionCalls = null;
            options.RateLimits.AddressCalls = null;
            options.RateLimits.AddressConnections = null;
        }).AddContract<IBench>(_service);
        add?.Invoke(builder);
    }

    public void Map(WebApplication app)
    {
        app.MapLoop(Path);
        map?.Invoke(app);
    }

    public ValueTask PushAsync(Note note) => PublishAsync(note);

    public ValueTask PublishAsync(Note note)
    {
        _service.Group.Publish(note);
        return ++_events % EventsPerLook == 0 ? _service.Group.DrainAsync(Patience) : default;
    }
}
