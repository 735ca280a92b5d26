using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc;

/// <summary>Seals the frames of one lane for the server's relay, and opens the peer's. Frames are counted at both ends, so none can be left out, repeated or moved.</summary>
internal sealed class RelaySeal(RoomScope scope, string peerMember, string outItem, string inItem)
{
    private long _sealed;
    private long _opened;

    public byte[] Seal(ReadOnlySpan<byte> frame) => scope.Keys.RequireCipher().Seal(EnvelopeField.Signalling, outItem, ++_sealed, frame, scope.Self.Key);

    /// <exception cref="LoopException">It is not the peer's next frame; the relay is of no use any more.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> OpenAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        var epoch = await scope.Epochs.RequireKeyAsync(EnvelopeField.Signalling, frame, cancellationToken).ConfigureAwait(false);
        var identity = peerMember == scope.Self.Id
            ? scope.Self.Key.Identity
            : (await scope.TryFindAsync(peerMember, epoch, cancellationToken).ConfigureAwait(false))?.Identity ?? throw CryptographyErrors.UnknownAuthor();
        return scope.Keys.RequireCipher().Open(EnvelopeField.Signalling, inItem, ++_opened, frame.Span, identity).Content;
    }
}
