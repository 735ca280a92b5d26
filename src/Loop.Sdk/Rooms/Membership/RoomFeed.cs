using System.Runtime.CompilerServices;
using Loop.Sdk.Channels;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>
/// A feed of a room, decrypted. When the room has to be joined again, the subscription goes on afterwards from where it was. When the room is over, it ends with the
/// reason; without an error if the room was left or disposed of.
/// </summary>
/// <param name="source">The feed as the contract has it.</param>
/// <param name="time">The clock for pauses.</param>
/// <param name="membership">Who joins again; null for feeds that need no joining.</param>
/// <param name="snapshot">Decrypts a snapshot.</param>
/// <param name="change">Decrypts a change.</param>
/// <param name="lifetime">Ends every subscription.</param>
/// <param name="current">Cancelled when everything is to be decrypted again; null if it never is.</param>
internal sealed class RoomFeed<TSnapshot, TChange, TOpenSnapshot, TOpenChange>(
    IFeed<TSnapshot, TChange> source,
    TimeProvider time,
    Membership? membership,
    Func<TSnapshot, CancellationToken, ValueTask<TOpenSnapshot>> snapshot,
    Func<TChange, CancellationToken, ValueTask<TOpenChange>> change,
    RoomLifetime lifetime,
    Func<CancellationToken>? current = null) : IFeed<TOpenSnapshot, TOpenChange>, IInterruptibleFeed<TOpenSnapshot, TOpenChange>
{
    public IAsyncEnumerable<FeedEvent<TOpenSnapshot, TOpenChange>> SubscribeAsync(FeedPosition? from = null, CancellationToken cancellationToken = default) =>
        SubscribeAsync(from, interrupted: null, cancellationToken);

    public async IAsyncEnumerable<FeedEvent<TOpenSnapshot, TOpenChange>> SubscribeAsync(
        FeedPosition? from, Action? interrupted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.Token);
        var pacing = new RetryPacing(time);
        while (true)
        {
            var (generation, wasWanted) = (membership?.Generation ?? 0, membership?.IsWanted ?? false);
            var outdated = current?.Invoke() ?? CancellationToken.None;
            using var part = CancellationTokenSource.CreateLinkedTokenSource(either.Token, outdated);
            LoopException? error = null;
            var events = Subscribe(from, interrupted, part.Token).GetAsyncEnumerator(part.Token);
            await using (events.ConfigureAwait(false))
            {
                while (true)
                {
                    FeedEvent<TOpenSnapshot, TOpenChange> opened;
                    try
                    {
                        if (!await events.MoveNextAsync().ConfigureAwait(false))
                        {
                            yield break;
                        }

                        opened = await OpenAsync(events.Current, part.Token).ConfigureAwait(false);
                    }
                    catch (OperationCanceledException) when (outdated.IsCancellationRequested && !either.IsCancellationRequested)
                    {
                        break;
                    }
                    catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && lifetime.IsOver && !cancellationToken.IsCancellationRequested)
                    {
                        // Over, perhaps while something was decrypted.
                        lifetime.ThrowReason();
                        yield break;
                    }
                    catch (LoopException failure) when (membership is not null)
                    {
                        error = failure;
                        break;
                    }

                    from = opened.Position;
                    pacing.Succeed();
                    yield return opened;
                }
            }

            if (error is null)
            {
                // From the beginning: nothing was lost, but what was shown may be seen otherwise now.
                from = null;
                continue;
            }

            interrupted?.Invoke();
            if (!await RecoverAsync(error, generation, wasWanted, pacing, either.Token).ConfigureAwait(false))
            {
                if (lifetime.IsOver)
                {
                    lifetime.ThrowReason();
                    yield break;
                }

                if (membership!.IsLeft && RoomCodes.IsOut(error))
                {
                    yield break;
                }

                throw RoomCodes.Ending(error);
            }
        }
    }

    private IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> Subscribe(FeedPosition? from, Action? interrupted, CancellationToken cancellationToken) =>
        source is IInterruptibleFeed<TSnapshot, TChange> interruptible
            ? interruptible.SubscribeAsync(from, interrupted, cancellationToken)
            : source.SubscribeAsync(from, cancellationToken);

    private async ValueTask<FeedEvent<TOpenSnapshot, TOpenChange>> OpenAsync(FeedEvent<TSnapshot, TChange> @event, CancellationToken cancellationToken) => @event.Kind switch
    {
        FeedEventKind.Snapshot => FeedEvent<TOpenSnapshot, TOpenChange>.OfSnapshot(await snapshot(Received.Some(@event.Snapshot), cancellationToken).ConfigureAwait(false), @event.Position),
        FeedEventKind.Change => FeedEvent<TOpenSnapshot, TOpenChange>.OfChange(await change(Received.Some(@event.Change), cancellationToken).ConfigureAwait(false), @event.Position),
        _ => FeedEvent<TOpenSnapshot, TOpenChange>.OfResumed(@event.Position),
    };

    // A failure while an event was decrypted is met by asking for that event again.
    private async ValueTask<bool> RecoverAsync(LoopException error, int generation, bool wasWanted, RetryPacing pacing, CancellationToken cancellationToken)
    {
        try
        {
            // Who left may follow the room as its owner, if they are that.
            var hasLeft = wasWanted && !membership!.IsWanted && RoomCodes.IsOut(error);
            if (!RoomCodes.IsPassing(error) && !hasLeft && !await membership!.TryRecoverAsync(error, generation, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            await pacing.PauseAsync(atOnce: true, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (lifetime.IsOver)
        {
            return false;
        }
    }
}
