using System.Net.WebSockets;
using Loop.Bench.Load.Payload;
using Loop.Bench.Load.Server;
using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.Framed;

/// <summary>The server of the targets that move bytes: no JSON, no call ids. They differ in their channel only.</summary>
internal sealed class FramedServerTarget(Func<WebSocket, IFrameChannel> createChannel) : IServerTarget
{
    public const string Path = "/framed";

    private readonly SubscriberList<IFrameChannel> _subscribers = new();
    private readonly byte[] _event = NotePayload.CreateBytes(NotePayload.FirstId);

    public void AddServices(IServiceCollection services)
    {
    }

    public void Map(WebApplication app) => app.Map(Path, async (HttpContext context) =>
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var channel = createChannel(socket);
        try
        {
            await channel.ReceiveAsync(new FramedServerSession(channel, _subscribers));
        }
        finally
        {
            _subscribers.Remove(channel);
        }
    });

    public ValueTask PushAsync(Note note)
    {
        NotePayload.Write(_event, note.Id);
        return _subscribers.Last.SendAsync(FrameKind.Event, _event);
    }

    // In turn, and waiting for each: what a plain loop over the sockets does, a dead subscriber included.
    public async ValueTask PublishAsync(Note note)
    {
        NotePayload.Write(_event, note.Id);
        foreach (var subscriber in _subscribers.All)
        {
            await subscriber.SendAsync(FrameKind.Event, _event);
        }
    }
}
