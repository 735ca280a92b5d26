using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Loop.Sdk.WebRtc;

/// <summary>
/// The <c>cursor</c> channel, with the messages of Firefox Hello's clients: where pointers are, and clicks. Nothing of it is kept for peers that cannot be reached at the moment. Safe for concurrent
/// use.
/// </summary>
public sealed class MeshCursor
{
    internal const string Name = "cursor";

    private const long PauseMs = 100;
    private const double LeastMove = 3;

    private readonly Lock _lock = new();
    private readonly MeshCore _core;
    private readonly Inbox _inbox;
    private (double X, double Y, long At)? _last;

    internal MeshCursor(MeshCore core)
    {
        _core = core;
        _inbox = new Inbox(core);
        core.Inboxes.Register(Name, _inbox);
    }

    /// <summary>Tells where the pointer is: at most every 100 ms, not if it moved less than 3 pixels on both axes, nor if it is outside.</summary>
    /// <param name="x">Pixels from the left of the picture.</param>
    /// <param name="y">Pixels from the top of the picture.</param>
    /// <param name="width">The picture's width in pixels, more than 0.</param>
    /// <param name="height">The picture's height in pixels, more than 0.</param>
    /// <returns>Whether it was told to anybody.</returns>
    public bool Move(double x, double y, double width, double height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (!(x >= 0 && x <= width && y >= 0 && y <= height))
        {
            return false;
        }

        var now = _core.Context.Clock.Now;
        lock (_lock)
        {
            if (_last is { } last && (now - last.At < PauseMs || (Math.Abs(x - last.X) < LeastMove && Math.Abs(y - last.Y) < LeastMove)))
            {
                return false;
            }

            _last = (x, y, now);
        }

        return Send(new CursorMessage { Type = CursorMessage.Position, RatioX = x / width, RatioY = y / height, UserId = _core.Context.Instance });
    }

    /// <summary>Tells of a click, where the pointer was last.</summary>
    /// <returns>Whether it was told to anybody.</returns>
    public bool Click() => Send(new CursorMessage { Type = CursorMessage.Click, UserId = _core.Context.Instance });

    /// <summary>What pointers do, for each reader.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoopException">While enumerating: <c>slow_consumer</c>; or why the mesh has ended.</exception>
    public IAsyncEnumerable<CursorEvent> EventsAsync(CancellationToken cancellationToken = default) => _inbox.Hub.ReadAsync(cancellationToken);

    private bool Send(CursorMessage message) => _core.TrySend(Name, JsonSerializer.SerializeToUtf8Bytes(message, HelloJson.Default.CursorMessage));

    private sealed class Inbox(MeshCore core) : IMeshInbox
    {
        private readonly ConditionalWeakTable<PeerLink, CursorEvent> _places = [];

        public MessageHub<CursorEvent> Hub { get; } = new();

        public void Receive(PeerLink link, ReadOnlySpan<byte> payload)
        {
            try
            {
                if (link.Shown is { } peer && JsonSerializer.Deserialize(payload, HelloJson.Default.CursorMessage) is { } message && TryTake(link, peer, message))
                {
                    return;
                }
            }
            catch (JsonException)
            {
                // The parser's own message quotes what it read.
            }

            core.Context.Log.PeerBroke("a malformed cursor message");
        }

        public void Complete(LoopException? error) => Hub.Complete(error);

        private bool TryTake(PeerLink link, MeshPeer peer, CursorMessage message)
        {
            switch (message)
            {
                case { Type: CursorMessage.Position, RatioX: >= 0 and <= 1 and var x, RatioY: >= 0 and <= 1 and var y }:
                    var place = new CursorEvent(peer, x, y, IsClick: false);
                    _places.AddOrUpdate(link, place);
                    Hub.Publish(place);
                    return true;
                case { Type: CursorMessage.Click }:
                    if (_places.TryGetValue(link, out var last))
                    {
                        Hub.Publish(last with { Peer = peer, IsClick = true });
                    }

                    return true;
                default:
                    return message.Type != CursorMessage.Position;
            }
        }
    }
}
