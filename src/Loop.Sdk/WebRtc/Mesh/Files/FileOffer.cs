namespace Loop.Sdk.WebRtc;

/// <summary>A file that a peer wants to send. Either <see cref="AcceptAsync"/> it or <see cref="Decline"/> it; at most 16 of a peer wait for that.</summary>
public sealed class FileOffer
{
    private readonly IncomingFile _file;

    internal FileOffer(IncomingFile file, MeshPeer peer, string name, string type)
    {
        _file = file;
        Peer = peer;
        Name = name;
        Type = type;
    }

    /// <summary>Who offers it.</summary>
    public MeshPeer Peer { get; }

    /// <summary>
    /// The file's name as the peer says, made safe: without folders, without characters that are not seen or mislead, at most 200 bytes, and no name that a system takes for a device. Whether there is
    /// a file of that name already is for the application to see to.
    /// </summary>
    public string Name { get; }

    /// <summary>What it is, as the peer says; a media type, or empty. Nobody vouches for it.</summary>
    public string Type { get; }

    /// <summary>Its size in bytes. More is not written.</summary>
    public long Size => _file.Size;

    /// <summary>Takes the file. When the connection breaks, it goes on with the next one, where it was.</summary>
    /// <param name="destination">Where it is written, from its present position on. Left open.</param>
    /// <param name="progress">Told how many bytes were written.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>Completes when all of it is written, and its SHA-256 is the sender's.</returns>
    /// <exception cref="LoopException"><c>file_corrupted</c>: what was written is not what was sent; <c>cancelled</c>: the sender gave up; <c>peer_gone</c>; <c>protocol_error</c>.</exception>
    /// <exception cref="InvalidOperationException">It was accepted or declined already.</exception>
    public Task AcceptAsync(Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return _file.RunAsync(destination, progress, cancellationToken);
    }

    /// <summary>Says no.</summary>
    /// <exception cref="InvalidOperationException">It was accepted or declined already.</exception>
    public void Decline() => _file.Decline();

    /// <summary>The size, and nothing of what it is.</summary>
    public override string ToString() => $"{nameof(FileOffer)}, {Size} B";
}
