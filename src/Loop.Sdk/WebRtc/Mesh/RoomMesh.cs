using System.Text.Json.Serialization.Metadata;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.WebRtc;

/// <summary>
/// Everybody in a room who has joined the mesh, connected to each other without the server between them. It finds peers as they come, connects to them again as networks change, and goes on when
/// the server is gone. What it carries is encrypted end to end on every path. Disposing of it leaves the mesh, not the room; it ends with the room. Safe for concurrent use.
/// </summary>
public sealed class RoomMesh : IAsyncDisposable
{
    private readonly MeshCore _core;

    internal RoomMesh(MeshCore core)
    {
        _core = core;
        Chat = new MeshChat(core);
        Cursor = new MeshCursor(core);
        Files = new MeshFiles(core.Files);
    }

    /// <summary>This client's id in the mesh: what others see as its <see cref="MeshPeer.Id"/>.</summary>
    public string Id => _core.Context.Instance;

    /// <summary>
    /// The peers, by <see cref="MeshPeer.Id"/>. <c>ToLiveCollection(peer =&gt; peer.Id)</c> makes a list to bind to. Ends with the mesh; with an error if that ended by somebody else's doing.
    /// </summary>
    public IFeed<KeyedSnapshot<MeshPeer>, KeyedChange<string, MeshPeer>> Peers => _core.Peers;

    /// <summary>The peers of the moment.</summary>
    public IReadOnlyList<MeshPeer> CurrentPeers => _core.Peers.Items;

    /// <summary>The <c>text</c> channel.</summary>
    public MeshChat Chat { get; }

    /// <summary>The <c>cursor</c> channel.</summary>
    public MeshCursor Cursor { get; }

    /// <summary>Files between peers.</summary>
    public MeshFiles Files { get; }

    /// <summary>Completes when the mesh has ended: with the reason, or with null if it or the room was left or disposed of.</summary>
    public Task<LoopException?> Ended => _core.Ended.Task;

    /// <summary>Makes a channel of the application's own. Of messages on channels that this client has not made the last 128 wait; others are ignored.</summary>
    /// <typeparam name="T">The messages.</typeparam>
    /// <param name="name">What all peers know it by: 1 to 64 visible characters of ASCII, but for <c>text</c>, <c>cursor</c> and names that begin with <c>loop.</c></param>
    /// <param name="type">How messages are written.</param>
    /// <exception cref="ArgumentException">There can be no such name, or there is a channel of it.</exception>
    public MeshChannel<T> CreateChannel<T>(string name, JsonTypeInfo<T> type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(type);
        if (name.Length > LinkFrame.MaxName || name.AsSpan().ContainsAnyExceptInRange('!', '~') || name.StartsWith("loop.", StringComparison.Ordinal))
        {
            throw new ArgumentException("The name of a channel is 1 to 64 visible characters of ASCII, and does not begin with loop.", nameof(name));
        }

        return new MeshChannel<T>(_core, name, type);
    }

    /// <summary>Signals that were not taken: signs that the server, or somebody with it, tries to get in between.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<RefusedSignal> RefusedSignalsAsync(CancellationToken cancellationToken = default) => _core.Refusals.ReadAsync(cancellationToken);

    /// <summary>Leaves the mesh: peers are told, for which it waits two seconds at most.</summary>
    public ValueTask DisposeAsync() => _core.DisposeAsync();
}
