using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>The signals of a room for any number of readers. The server is asked once, since each signal is taken once only.</summary>
internal sealed class SignalHub(RoomScope scope)
{
    private const int Capacity = 256;

    private readonly Lock _lock = new();
    private readonly List<Channel<RoomSignal>> _readers = [];
    private CancellationTokenSource? _stop;

    public async IAsyncEnumerable<RoomSignal> SubscribeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = Channel.CreateBounded<RoomSignal>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        Add(reader);
        try
        {
            await foreach (var signal in reader.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return signal;
            }

            scope.Lifetime.ThrowReason();
        }
        finally
        {
            Remove(reader);
        }
    }

    private void Add(Channel<RoomSignal> reader)
    {
        lock (_lock)
        {
            _readers.Add(reader);
            if (_stop is null)
            {
                _stop = CancellationTokenSource.CreateLinkedTokenSource(scope.Lifetime.Token);
                _ = Task.Run(() => ReadAsync(_stop), CancellationToken.None);
            }
        }
    }

    private void Remove(Channel<RoomSignal> reader)
    {
        CancellationTokenSource? stop = null;
        lock (_lock)
        {
            _readers.Remove(reader);
            if (_readers.Count == 0)
            {
                (stop, _stop) = (_stop, null);
            }
        }

        stop?.Cancel();
    }

    private async Task ReadAsync(CancellationTokenSource stop)
    {
        Exception? end = null;
        try
        {
            await ReadAsync(stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && stop.IsCancellationRequested)
        {
            // Nobody listens any more, or the room's keys are gone.
        }
#pragma warning disable CA1031 // The readers learn it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            end = exception;
        }

        Complete(stop, end);
        stop.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var pacing = new RetryPacing(scope.Services.Time);
        while (true)
        {
            var generation = scope.Membership.Generation;
            try
            {
                await foreach (var signal in scope.Services.Timeline.SignalsAsync(scope.Ref, cancellationToken).ConfigureAwait(false))
                {
                    pacing.Succeed();
                    Publish(await OpenAsync(signal, cancellationToken).ConfigureAwait(false));
                }
            }
            catch (LoopException error)
            {
                if (!RoomCodes.IsPassing(error) && !await scope.Membership.TryRecoverAsync(error, generation, cancellationToken).ConfigureAwait(false))
                {
                    if (scope.Membership.IsLeft && RoomCodes.IsOut(error))
                    {
                        return;
                    }

                    throw RoomCodes.Ending(error);
                }
            }

            await pacing.PauseAsync(atOnce: true, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<RoomSignal> OpenAsync(SealedSignal signal, CancellationToken cancellationToken)
    {
        var unread = new RoomSignal { Author = signal.Author, Kind = signal.Kind, IsMine = signal.Author == scope.Self.Id };
        try
        {
            var epoch = await scope.Epochs.RequireKeyAsync(EnvelopeField.Signal, signal.Envelope, cancellationToken).ConfigureAwait(false);
            var author = await scope.TryFindAsync(signal.Author, epoch, cancellationToken).ConfigureAwait(false);
            var identity = unread.IsMine ? scope.Self.Key.Identity : author?.Identity ?? throw CryptographyErrors.UnknownAuthor();
            var opened = scope.Keys.RequireCipher().Open(EnvelopeField.Signal, signal.Kind, signal.Version, signal.Envelope.Span, identity);
            return unread with { Content = opened.Content, AuthorName = author?.Name.Text ?? (unread.IsMine ? scope.Self.Name : "") };
        }
        catch (LoopException error) when (!RoomCodes.IsPassing(error) && !RoomCodes.IsOut(error))
        {
            scope.Services.Log.SignalRefused(error.Code);
            return unread with { Code = error.Code };
        }
    }

    private void Publish(RoomSignal signal)
    {
        lock (_lock)
        {
            _readers.ForEach(reader => reader.Writer.TryWrite(signal));
        }
    }

    private void Complete(CancellationTokenSource stop, Exception? end)
    {
        lock (_lock)
        {
            // A later subscription may have begun.
            if (_stop == stop)
            {
                _stop = null;
                _readers.ForEach(reader => reader.Writer.TryComplete(end));
            }
        }
    }
}
