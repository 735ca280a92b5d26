using Loop.Sdk.Feeds;

namespace Loop.Sdk.Contracts;

/// <summary>Where a contract's client sends its calls: a channel, or a test's stand-in.</summary>
public abstract class ContractInvoker
{
    /// <summary>Calls a unary method.</summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call on both ends.</param>
    /// <exception cref="LoopException">The call failed; the code says how.</exception>
    public abstract Task<TResponse> UnaryAsync<TContract, TRequest, TResponse>(
        UnaryMethod<TContract, TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken);

    /// <summary>Calls a server-streaming method. Nothing is sent before the result is enumerated.</summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TItem">The items.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call on both ends.</param>
    public abstract IAsyncEnumerable<TItem> ServerStreamAsync<TContract, TRequest, TItem>(
        ServerStreamMethod<TContract, TRequest, TItem> method, TRequest request, CancellationToken cancellationToken);

    /// <summary>Calls a client-streaming method.</summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    /// <typeparam name="TRequest">The request ahead of the items.</typeparam>
    /// <typeparam name="TItem">The items.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request.</param>
    /// <param name="items">The items, pulled as fast as the server takes them.</param>
    /// <param name="cancellationToken">Cancels the call on both ends.</param>
    public abstract Task<TResponse> ClientStreamAsync<TContract, TRequest, TItem, TResponse>(
        ClientStreamMethod<TContract, TRequest, TItem, TResponse> method, TRequest request, IAsyncEnumerable<TItem> items, CancellationToken cancellationToken);

    /// <summary>Calls a duplex method. Nothing is sent before the result is enumerated.</summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    /// <typeparam name="TRequest">The request ahead of the items.</typeparam>
    /// <typeparam name="TItem">The client's items.</typeparam>
    /// <typeparam name="TResult">The server's items.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request.</param>
    /// <param name="items">The client's items, pulled as fast as the server takes them.</param>
    /// <param name="cancellationToken">Cancels the call on both ends.</param>
    public abstract IAsyncEnumerable<TResult> DuplexAsync<TContract, TRequest, TItem, TResult>(
        DuplexMethod<TContract, TRequest, TItem, TResult> method, TRequest request, IAsyncEnumerable<TItem> items, CancellationToken cancellationToken);

    /// <summary>Gives the feed of a feed method. Nothing is sent before it is subscribed to.</summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    /// <typeparam name="TRequest">Which feed.</typeparam>
    /// <typeparam name="TSnapshot">The whole state.</typeparam>
    /// <typeparam name="TChange">One change to it.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">Which feed.</param>
    public abstract IFeed<TSnapshot, TChange> Feed<TContract, TRequest, TSnapshot, TChange>(
        FeedMethod<TContract, TRequest, TSnapshot, TChange> method, TRequest request);
}
