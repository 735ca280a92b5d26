using System.Text.Json;
using Loop.Sdk.Channels;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc;

/// <summary>
/// Signals between participations of a room, sealed with its key and signed by their authors. The versions of one sender to one receiver have no gaps, so whatever is left out shows with the
/// next one.
/// </summary>
internal sealed class RoomSignaling(RoomScope scope, IPeerSignaling peers)
{
    private const int MaxTries = 5;
    private const int MaxSenders = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string From, string To), long> _sent = [];
    private readonly Dictionary<(string From, string To), long> _received = [];

    /// <summary>Signals. Not twice at the same time to the same one.</summary>
    /// <returns>Whether it was sent; if not, the session, or the receiver, is not what it was: there will be other participations.</returns>
    /// <exception cref="LoopException">It was refused.</exception>
    public async Task<bool> TrySendAsync(string to, string toMember, PairSignal signal, CancellationToken cancellationToken)
    {
        var pacing = new RetryPacing(scope.Services.Time);
        for (var tries = 1; ; tries++)
        {
            var generation = scope.Membership.Generation;
            try
            {
                await scope.RequireAnnouncedAsync(cancellationToken).ConfigureAwait(false);
                if (scope.Membership.Participant is not { } from || SignalItems.OfSignal(from, to, toMember) is not { } item)
                {
                    return false;
                }

                // Not used again, even if nobody took it: then the next one tells that this is lost.
                var version = NextVersion(from, to);
                var content = JsonSerializer.SerializeToUtf8Bytes(signal, SignalJson.Default.PairSignal);
                var envelope = scope.Keys.RequireCipher().Seal(EnvelopeField.Signalling, item, version, content, scope.Self.Key);
                await peers.SendAsync(new AddressedSignal { Token = scope.Ref.Token, To = to, Version = version, Envelope = envelope }, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (LoopException error) when (error.Code == ErrorCodes.PeerNotFound || RoomCodes.IsLost(error))
            {
                return false;
            }
            catch (LoopException error) when ((error.Retryable || error.Code == ErrorCodes.StaleEpoch) && tries < MaxTries)
            {
                // The key may just have been changed, and this client not know it yet.
                await pacing.PauseAsync(atOnce: false, cancellationToken).ConfigureAwait(false);
            }
            catch (LoopException error) when (RoomCodes.IsOut(error))
            {
                await scope.Membership.TryRecoverAsync(error, generation, cancellationToken).ConfigureAwait(false);
                return false;
            }
        }
    }

    /// <summary>Takes signals until the room is over for this client, over whatever sessions there are.</summary>
    public async Task ReceiveAsync(ISignalSink sink, CancellationToken cancellationToken)
    {
        var pacing = new RetryPacing(scope.Services.Time);
        string? before = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var generation = scope.Membership.Generation;
            try
            {
                await foreach (var signal in Received.Each(peers.ReceiveAsync(scope.Ref, cancellationToken), cancellationToken).ConfigureAwait(false))
                {
                    pacing.Succeed();
                    if (signal.Kind == SignalDelivery.Begin)
                    {
                        Begin(sink, ref before);
                    }
                    else if (signal.From is { } from)
                    {
                        await TakeAsync(sink, from, signal, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
            catch (LoopException error) when (RoomCodes.IsPassing(error) || error.Code == ErrorCodes.InvalidPayload)
            {
                // Asked again, on the next session if need be.
            }
            catch (LoopException error) when (RoomCodes.IsOut(error))
            {
                await scope.Membership.TryRecoverAsync(error, generation, cancellationToken).ConfigureAwait(false);
            }

            await pacing.PauseAsync(atOnce: true, cancellationToken).ConfigureAwait(false);
        }
    }

    // What was on its way to an earlier stream of the same participation is lost.
    private void Begin(ISignalSink sink, ref string? before)
    {
        var participation = scope.Membership.Participant;
        if (before == participation)
        {
            _received.Clear();
            sink.Lost(null);
        }

        before = participation;
    }

    private async ValueTask TakeAsync(ISignalSink sink, string from, DeliveredSignal signal, CancellationToken cancellationToken)
    {
        var to = scope.Membership.Participant ?? "";
        if (signal.Kind == SignalDelivery.Lost)
        {
            _received.Remove((from, to));
            sink.Lost(from);
            return;
        }

        try
        {
            var author = signal.Author ?? throw new LoopException(ErrorCodes.InvalidPayload, "The server sent a signal of nobody.");
            var item = SignalItems.OfSignal(from, to, scope.Self.Id) ?? throw CryptographyErrors.InvalidEnvelope("the ids of its ends are too long");
            var epoch = await scope.Epochs.RequireKeyAsync(EnvelopeField.Signalling, signal.Envelope, cancellationToken).ConfigureAwait(false);
            var identity = author == scope.Self.Id
                ? scope.Self.Key.Identity
                : (await scope.TryFindAsync(author, epoch, cancellationToken).ConfigureAwait(false))?.Identity ?? throw CryptographyErrors.UnknownAuthor();
            var opened = scope.Keys.RequireCipher().Open(EnvelopeField.Signalling, item, signal.Version, signal.Envelope.Span, identity);
            var isNext = IsNext((from, to), signal.Version);
            if (!isNext)
            {
                scope.Services.Log.SignalsMissing();
                sink.Lost(from);
            }

            sink.Receive(from, author, SealedJson.Read(opened.Content, SignalJson.Default.PairSignal));
        }
        catch (LoopException error) when (!RoomCodes.IsPassing(error) && !RoomCodes.IsOut(error))
        {
            scope.Services.Log.SignalRefused(error.Code);
            if (error.Code is ErrorCodes.StaleEpoch or ErrorCodes.UnknownEpoch)
            {
                // The key was changed while it was under way: nobody is to blame, and it will not come again.
                _received.Remove((from, to));
                sink.Lost(from);
            }
            else
            {
                sink.Refused(from, error.Code);
            }
        }
    }

    // The first that is heard of a sender may be any, if something was lost before.
    private bool IsNext((string From, string To) pair, long version)
    {
        var isKnown = _received.TryGetValue(pair, out var last);
        if (!isKnown && _received.Count >= MaxSenders)
        {
            _received.Clear();
        }

        _received[pair] = version;
        return !isKnown || version == last + 1;
    }

    private long NextVersion(string from, string to)
    {
        lock (_lock)
        {
            // Those of earlier participations are of no use any more.
            if (_sent.Count >= MaxSenders)
            {
                foreach (var old in _sent.Keys.Where(key => key.From != from).ToList())
                {
                    _sent.Remove(old);
                }
            }

            return _sent[(from, to)] = _sent.GetValueOrDefault((from, to)) + 1;
        }
    }
}
