using Loop.Bench.Load.Payload;
using Loop.Bench.Load.Server;
using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.Typed;

/// <summary>The server of the typed floor.</summary>
internal sealed class TypedServerTarget : IServerTarget
{
    public const string Path = "/typed";

    private readonly SubscriberList<IFrameChannel> _subscribers = new();

    public void AddServices(IServiceCollection services)
    {
    }

    public void Map(WebApplication app) => app.Map(Path, async (HttpContext context) =>
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var channel = new CoalescingChannel(socket);
        try
        {
            await channel.ReceiveAsync(new TypedServerSession(channel, _subscribers));
        }
        finally
        {
            _subscribers.Remove(channel);
        }
    });

    public ValueTask PushAsync(Note note) => _subscribers.Last.SendAsync(FrameKind.Event, NoteCodec.Encode(0, note));

    public async ValueTask PublishAsync(Note note)
    {
        // A copy, since a channel that is full suspends this method, and the codec's memory belongs to the thread.
        var payload = NoteCodec.Encode(0, note).ToArray();
        foreach (var subscriber in _subscribers.All)
        {
            await subscriber.SendAsync(FrameKind.Event, payload);
        }
    }
}
