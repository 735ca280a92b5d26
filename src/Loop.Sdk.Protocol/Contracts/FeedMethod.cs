using Loop.Sdk.Calls;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Contracts;

/// <summary>A method that gives a feed: a snapshot followed by ordered changes.</summary>
/// <typeparam name="TContract">The contract interface.</typeparam>
/// <typeparam name="TRequest">Which feed, or <see cref="Nothing"/>.</typeparam>
/// <typeparam name="TSnapshot">The whole state.</typeparam>
/// <typeparam name="TChange">One change to it.</typeparam>
public sealed class FeedMethod<TContract, TRequest, TSnapshot, TChange>(
    int number,
    string name,
    PayloadCodec<TRequest> request,
    PayloadCodec<TSnapshot> snapshot,
    PayloadCodec<TChange> change,
    Func<TContract, TRequest, IFeed<TSnapshot, TChange>> handler)
    : ContractMethod<TContract>(number, name, MethodKind.Feed)
{
    internal PayloadCodec<TRequest> Request { get; } = request;

    internal PayloadCodec<TSnapshot> Snapshot { get; } = snapshot;

    internal PayloadCodec<TChange> Change { get; } = change;

    internal Func<TContract, TRequest, IFeed<TSnapshot, TChange>> Handler { get; } = handler;

    internal override ServerCall CreateCall(ServerCallSetup<TContract> setup) => new FeedServerCall<TContract, TRequest, TSnapshot, TChange>(this, setup);
}
