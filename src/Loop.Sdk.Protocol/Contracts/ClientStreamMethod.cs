using Loop.Sdk.Calls;

namespace Loop.Sdk.Contracts;

/// <summary>A method with an optional request, a stream of items from the client, and one response.</summary>
/// <typeparam name="TContract">The contract interface.</typeparam>
/// <typeparam name="TRequest">The request that goes ahead of the items, or <see cref="Nothing"/>.</typeparam>
/// <typeparam name="TItem">The items.</typeparam>
/// <typeparam name="TResponse">The response, or <see cref="Nothing"/>.</typeparam>
public sealed class ClientStreamMethod<TContract, TRequest, TItem, TResponse>(
    int number,
    string name,
    PayloadCodec<TRequest> request,
    PayloadCodec<TItem> item,
    PayloadCodec<TResponse> response,
    Func<TContract, TRequest, IAsyncEnumerable<TItem>, CancellationToken, Task<TResponse>> handler)
    : ContractMethod<TContract>(number, name, MethodKind.ClientStream)
{
    internal PayloadCodec<TRequest> Request { get; } = request;

    internal PayloadCodec<TItem> Item { get; } = item;

    internal PayloadCodec<TResponse> Response { get; } = response;

    internal Func<TContract, TRequest, IAsyncEnumerable<TItem>, CancellationToken, Task<TResponse>> Handler { get; } = handler;

    internal override ServerCall CreateCall(ServerCallSetup<TContract> setup) => new ClientStreamServerCall<TContract, TRequest, TItem, TResponse>(this, setup);
}
