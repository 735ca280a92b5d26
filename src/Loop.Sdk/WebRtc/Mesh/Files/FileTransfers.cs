using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace Loop.Sdk.WebRtc;

/// <summary>The files of a mesh that are under way.</summary>
internal sealed class FileTransfers : IMeshInbox
{
    /// <summary>How much of a file may be sent and not taken in, in bytes.</summary>
    public const int Window = 2 * 1024 * 1024;

    /// <summary>How much of a file goes at once, in bytes.</summary>
    public const int Piece = 16 * 1024;

    public const int OffsetAt = 8;

    public const int HeadLength = 16;

    private const string Name = "loop.file";
    private const int MaxOffers = 16;
    private const long MaxSize = 1L << 53;

    private readonly MeshCore _core;
    private readonly ConcurrentDictionary<(PeerLink, long), OutgoingFile> _outgoing = new();
    private readonly ConcurrentDictionary<(PeerLink, long), IncomingFile> _incoming = new();

    public FileTransfers(MeshCore core)
    {
        _core = core;
        core.Inboxes.Register(Name, this);
    }

    public MessageHub<FileOffer> Offers { get; } = new();

    public static LoopException Ending(string? code) => code switch
    {
        ErrorCodes.FileDeclined => new LoopException(code, "The peer does not want the file."),
        ErrorCodes.FileCorrupted => new LoopException(code, "What arrived is not what was sent."),
        ErrorCodes.ProtocolError => new LoopException(code, "The peer broke the rules of transfers."),
        _ => new LoopException(ErrorCodes.Cancelled, "The peer gave up the file."),
    };

    /// <summary>Sends a file.</summary>
    public async Task SendAsync(string peerId, string name, string? type, Stream content, long size, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var link = _core.Link(peerId);
        var id = BinaryPrimitives.ReadInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(long))) & (MaxSize - 1);
        var file = new OutgoingFile(link, id, size);
        _outgoing[(link, id)] = file;
        if (link.IsOver)
        {
            Gone(link);
        }

        try
        {
            await file.RunAsync(name, type, content, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _outgoing.TryRemove((link, id), out _);
        }
    }

    public static ValueTask SendAsync(PeerLink link, FileSignal signal, CancellationToken cancellationToken) =>
        link.SendAsync(Name, JsonSerializer.SerializeToUtf8Bytes(signal, FileJson.Default.FileSignal), cancellationToken);

    /// <summary>Tells the other end that a transfer is over, when it can be told.</summary>
    public static void Cancel(PeerLink link, long id, string code) => _ = CancelAsync(link, new FileSignal { Kind = FileSignalKind.Cancel, Id = id, Code = code });

    public void Remove(IncomingFile file) => _incoming.TryRemove((file.Link, file.Id), out _);

    public void Receive(PeerLink link, ReadOnlySpan<byte> payload)
    {
        try
        {
            if (JsonSerializer.Deserialize(payload, FileJson.Default.FileSignal) is { } signal && Take(link, signal))
            {
                return;
            }
        }
        catch (JsonException)
        {
            // The parser's own message quotes what it read.
        }

        _core.Context.Log.PeerBroke("a message about a file that is malformed, or of none");
    }

    public void ReceiveBulk(PeerLink link, ReadOnlySpan<byte> frame)
    {
        if (frame.Length > HeadLength && frame.Length <= HeadLength + Piece && _incoming.TryGetValue((link, BinaryPrimitives.ReadInt64BigEndian(frame)), out var file))
        {
            file.Receive(BinaryPrimitives.ReadInt64BigEndian(frame[OffsetAt..]), frame[HeadLength..]);
        }
    }

    /// <summary>Another way to a peer is used.</summary>
    public void Changed(PeerLink link)
    {
        foreach (var file in _outgoing.Values.Where(file => file.Link == link))
        {
            file.WayChanged();
        }
    }

    /// <summary>A peer is gone.</summary>
    public void Gone(PeerLink link)
    {
        var gone = new LoopException(ErrorCodes.PeerGone, "The peer has left, or its connection was lost for good.");
        foreach (var file in _outgoing.Values.Concat<IFileEnd>(_incoming.Values).Where(file => file.Link == link))
        {
            file.Fail(gone);
        }

        foreach (var file in _incoming.Values.Where(file => file.Link == link))
        {
            Remove(file);
        }
    }

    public void Complete(LoopException? error) => Offers.Complete(error);

    private static async Task CancelAsync(PeerLink link, FileSignal signal)
    {
        try
        {
            await SendAsync(link, signal, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LoopException)
        {
            // The peer is gone, and knows.
        }
    }

    // Both ends make up numbers, so the kind says whose it is. What is over already may still be spoken of.
    private bool Take(PeerLink link, FileSignal signal)
    {
        switch (signal.Kind)
        {
            case FileSignalKind.Offer:
                return TryOffer(link, signal);
            case FileSignalKind.Accept or FileSignalKind.Progress or FileSignalKind.Done:
                return !_outgoing.TryGetValue((link, signal.Id), out var outgoing) || outgoing.Take(signal);
            case FileSignalKind.End:
                return !_incoming.TryGetValue((link, signal.Id), out var incoming) || incoming.Take(signal);
            case FileSignalKind.Cancel:
                if (_incoming.TryRemove((link, signal.Id), out incoming))
                {
                    return incoming.Take(signal);
                }

                return !_outgoing.TryGetValue((link, signal.Id), out outgoing) || outgoing.Take(signal);
            default:
                return false;
        }
    }

    private bool TryOffer(PeerLink link, FileSignal signal)
    {
        if (signal.Size is < 0 or > MaxSize || _incoming.Keys.Count(key => key.Item1 == link) >= MaxOffers || link.Shown is not { } peer)
        {
            Cancel(link, signal.Id, ErrorCodes.FileDeclined);
            return false;
        }

        var file = new IncomingFile(this, link, signal);
        if (!_incoming.TryAdd((link, signal.Id), file))
        {
            return false;
        }

        Offers.Publish(new FileOffer(file, peer, FileNames.Clean(signal.Name), signal.Type ?? ""));
        return true;
    }
}
