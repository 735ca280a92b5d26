using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Loop.Sdk.WebRtc;

/// <summary>
/// A typed channel of the application's own to all peers of a mesh. Messages of one sender come in order, each once, whatever becomes of the paths between the two; what is no
/// <typeparamref name="T"/> is dropped and logged. Safe for concurrent use.
/// </summary>
/// <typeparam name="T">The messages.</typeparam>
public sealed class MeshChannel<T>
{
    private readonly MeshCore _core;
    private readonly JsonTypeInfo<T> _type;
    private readonly Inbox _inbox;

    internal MeshChannel(MeshCore core, string name, JsonTypeInfo<T> type)
    {
        _core = core;
        Name = name;
        _type = type;
        _inbox = new Inbox(core, type);
        core.Inboxes.Register(name, _inbox);
    }

    /// <summary>The channel's name, which the peers know it by.</summary>
    public string Name { get; }

    /// <summary>
    /// Sends a message. It waits while much is on its way to somebody; a peer that cannot be reached holds it up until <see cref="MeshOptions.PeerTimeout"/> at most. What was taken is kept
    /// until the peer has it, or is gone.
    /// </summary>
    /// <param name="value">The message: at most 60 KiB as JSON.</param>
    /// <param name="peerId">A <see cref="MeshPeer.Id"/>; null for all peers of the moment.</param>
    /// <param name="cancellationToken">Gives up waiting. Some peers may have got it.</param>
    /// <exception cref="LoopException"><c>message_too_large</c>; <c>peer_gone</c>: there is no such peer; <c>closed</c>.</exception>
    public Task SendAsync(T value, string? peerId = null, CancellationToken cancellationToken = default) =>
        _core.SendAsync(Name, JsonSerializer.SerializeToUtf8Bytes(value, _type), peerId, cancellationToken);

    /// <summary>The messages that come, for each reader. While nobody reads, the last 256 wait for the next reader.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoopException">While enumerating: <c>slow_consumer</c>: more than 1024 messages waited; or why the mesh has ended.</exception>
    public IAsyncEnumerable<MeshMessage<T>> MessagesAsync(CancellationToken cancellationToken = default) => _inbox.Hub.ReadAsync(cancellationToken);

    private sealed class Inbox(MeshCore core, JsonTypeInfo<T> type) : IMeshInbox
    {
        public MessageHub<MeshMessage<T>> Hub { get; } = new();

        public void Receive(PeerLink link, ReadOnlySpan<byte> payload)
        {
            try
            {
                if (link.Shown is { } peer && JsonSerializer.Deserialize(payload, type) is { } value)
                {
                    Hub.Publish(new MeshMessage<T>(peer, value));
                    return;
                }
            }
            catch (JsonException)
            {
                // The parser's own message quotes what it read.
            }

            core.Context.Log.PeerBroke("a message that is not of its channel's type");
        }

        public void Complete(LoopException? error) => Hub.Complete(error);
    }
}
