using Loop.Bench.Load.Payload;
using Loop.Bench.Load.Server;
using Microsoft.AspNetCore.SignalR;

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>
/// SignalR's server. Stateful reconnection is allowed to those who ask for it. Large messages get large buffers and parallel
/// calls: tens of times better for them, while small calls lose a fifth and more.
/// </summary>
internal sealed class SignalRServerTarget(bool isForLargeMessages) : IServerTarget
{
    private const int LargeBuffer = 1024 * 1024;
    private const int ParallelCalls = 8;

    private readonly LastSubscriber _last = new();
    private IHubContext<BenchHub>? _hub;

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(_last);
        services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = null;
            options.StatefulReconnectBufferSize = SignalRTarget.StatefulBufferSize;
            if (isForLargeMessages)
            {
                options.MaximumParallelInvocationsPerClient = ParallelCalls;
            }
        }).AddJsonProtocol(options => options.PayloadSerializerOptions = BenchJson.Default.Options);
    }

    public void Map(WebApplication app)
    {
        app.MapHub<BenchHub>(HubNames.Path, options =>
        {
            options.AllowStatefulReconnects = true;
            if (isForLargeMessages)
            {
                options.TransportMaxBufferSize = LargeBuffer;
                options.ApplicationMaxBufferSize = LargeBuffer;
            }
        });
        _hub = app.Services.GetRequiredService<IHubContext<BenchHub>>();
    }

    public ValueTask PushAsync(Note note) => new(_hub!.Clients.Client(_last.ConnectionId).SendAsync(HubNames.Event, note));

    public ValueTask PublishAsync(Note note) => new(_hub!.Clients.Group(HubNames.Group).SendAsync(HubNames.Event, note));
}
