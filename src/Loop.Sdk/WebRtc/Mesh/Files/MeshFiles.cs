namespace Loop.Sdk.WebRtc;

/// <summary>
/// Files between two peers. They are sent in pieces beside everything else, as fast as the receiver writes them, and go on where they were when another path is taken. Neither end holds more than a few
/// megabytes of a file. Safe for concurrent use.
/// </summary>
public sealed class MeshFiles
{
    private readonly FileTransfers _files;

    internal MeshFiles(FileTransfers files) => _files = files;

    /// <summary>Offers a file to a peer, and sends it if it is accepted.</summary>
    /// <param name="peerId">A <see cref="MeshPeer.Id"/>.</param>
    /// <param name="name">What it is called; the receiver makes it safe.</param>
    /// <param name="content">The file, from its present position on. Read once, and left open.</param>
    /// <param name="size">How many bytes are sent; null for the rest of a stream that can tell.</param>
    /// <param name="type">Its media type, or null.</param>
    /// <param name="progress">Told how many bytes the receiver has written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Completes when the receiver has all of it, and its SHA-256 is right.</returns>
    /// <exception cref="LoopException"><c>file_declined</c>; <c>file_corrupted</c>; <c>cancelled</c>: the receiver gave up; <c>peer_gone</c>; <c>closed</c>.</exception>
    /// <exception cref="EndOfStreamException">There was less than that.</exception>
    public Task SendAsync(
        string peerId, string name, Stream content, long? size = null, string? type = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peerId);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(content);
        var length = size ?? content.Length - content.Position;
        ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(size));
        return _files.SendAsync(peerId, name, type, content, length, progress, cancellationToken);
    }

    /// <summary>The files that peers offer, for each reader. While nobody reads, the last 256 wait for the next reader.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<FileOffer> OffersAsync(CancellationToken cancellationToken = default) => _files.Offers.ReadAsync(cancellationToken);
}
