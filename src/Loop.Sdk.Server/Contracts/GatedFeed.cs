using System.Runtime.CompilerServices;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Server;

/// <summary>A feed that is opened for each subscriber, which may be refused, and ends when the subscriber's right to it does.</summary>
internal sealed class GatedFeed<TSnapshot, TChange>(Func<CancellationToken, ValueTask<FeedGrant<TSnapshot, TChange>>> open)
    : IFeed<TSnapshot, TChange>, IFeedPublisher<TSnapshot, TChange>
{
    public async Task PushAsync(
        PushQueue queue, PayloadCodec<TSnapshot> snapshot, PayloadCodec<TChange> change, FeedPosition? from, CancellationToken cancellationToken)
    {
        using var grant = await open(cancellationToken).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, grant.Revoked);
        try
        {
            await ((IFeedPublisher<TSnapshot, TChange>)grant.Feed).PushAsync(queue, snapshot, change, from, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsRevoked(grant, cancellationToken))
        {
            throw grant.Reason;
        }
    }

    public async IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> SubscribeAsync(
        FeedPosition? from = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var grant = await open(cancellationToken).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, grant.Revoked);
        var events = grant.Feed.SubscribeAsync(from, either.Token).GetAsyncEnumerator(CancellationToken.None);
        await using (events.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await events.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (OperationCanceledException) when (IsRevoked(grant, cancellationToken))
                {
                    throw grant.Reason;
                }

                yield return events.Current;
            }
        }
    }

    private static bool IsRevoked(FeedGrant<TSnapshot, TChange> grant, CancellationToken cancellationToken) =>
        grant.Revoked.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
}
