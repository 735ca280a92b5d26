using System.Runtime.CompilerServices;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Errors;

namespace Loop.Sdk.Feeds;

/// <summary>A feed on the other end. It subscribes again, from the last position, whenever the session is lost.</summary>
internal sealed class RemoteFeed<TContract, TRequest, TSnapshot, TChange>(
    SessionInvoker invoker, FeedMethod<TContract, TRequest, TSnapshot, TChange> method, TRequest request) : IFeed<TSnapshot, TChange>
{
    public async IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> SubscribeAsync(
        FeedPosition? from = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var position = from;
        while (true)
        {
            var call = new FeedCall<TContract, TRequest, TSnapshot, TChange>(invoker, method, request, position, cancellationToken);
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
                    catch (LoopException error) when (error.Code == ErrorCodes.SessionLost)
                    {
                        break;
                    }

                    position = call.Current.Position;
                    yield return call.Current;
                }
            }
        }
    }
}
