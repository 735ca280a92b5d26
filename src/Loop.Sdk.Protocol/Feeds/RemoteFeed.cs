using System.Runtime.CompilerServices;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>
/// A feed on the other end. It subscribes again, from the last position, whenever its session is lost, a change is missing, or the server refuses for
/// the moment; and then says honestly whether anything was missed.
/// </summary>
internal sealed class RemoteFeed<TContract, TRequest, TSnapshot, TChange>(
    SessionInvoker invoker, FeedMethod<TContract, TRequest, TSnapshot, TChange> method, TRequest request)
    : IFeed<TSnapshot, TChange>, IInterruptibleFeed<TSnapshot, TChange>
{
    public IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> SubscribeAsync(FeedPosition? from = null, CancellationToken cancellationToken = default) =>
        SubscribeAsync(from, interrupted: null, cancellationToken);

    public async IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> SubscribeAsync(
        FeedPosition? from, Action? interrupted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var progress = new FeedProgress(from);
        var pacing = new RetryPacing(invoker.Time);
        while (true)
        {
            bool lost;
            var call = new FeedCall<TContract, TRequest, TSnapshot, TChange>(invoker, method, request, progress.Position, cancellationToken);
            await using (call.ConfigureAwait(false))
            {
                while (true)
                {
                    try
                    {
                        if (!await call.MoveNextAsync().ConfigureAwait(false))
                        {
                            yield break;
                        }
                    }
                    catch (LoopException error) when (error.Code == ErrorCodes.Cancelled && cancellationToken.IsCancellationRequested)
                    {
                        throw new OperationCanceledException(error.Message, error, cancellationToken);
                    }
                    catch (LoopException error) when (error.Retryable || error.Code == ErrorCodes.SessionLost || call.IsSessionOver)
                    {
                        lost = error.Code == ErrorCodes.SessionLost || call.IsSessionOver;
                        break;
                    }

                    if (!progress.TryTake(call.Current.Kind, call.Current.Position, call.Current.Follows))
                    {
                        lost = false;
                        break;
                    }

                    pacing.Succeed();
                    yield return call.Current;
                }
            }

            progress.Restart();
            interrupted?.Invoke();
            await pacing.PauseAsync(atOnce: lost, cancellationToken).ConfigureAwait(false);
        }
    }
}
