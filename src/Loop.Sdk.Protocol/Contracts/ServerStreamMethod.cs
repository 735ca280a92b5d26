using Loop.Sdk.Calls;

namespace Loop.Sdk.Contracts;

/// <summary>A method with one request and a stream of items back.</summary>
/// <typeparam name="TContract">The contract interface.</typeparam>
/// <typeparam name="TRequest">The request, or <see cref="Nothing"/>.</typeparam>
/// <typeparam name="TItem">The items.</typeparam>
public sealed class ServerStreamMethod<TContract, TRequest, TItem>(
    int number,
    string name,
    PayloadCodec<TRequest> request,
    PayloadCodec<TItem> item,
    Func<TContract, TRequest, CancellationToken, IAsyncEnumerable<TItem>> handler)
    : ContractMethod<TContract>(number, name, MethodKind.ServerStream)
{
    internal PayloadCodec<TRequest> Request { get; } = request;

    internal PayloadCodec<TItem> Item { get; } = item;

    internal Func<TContract, TRequest, CancellationToken, IAsyncEnumerable<TItem>> Handler { get; } = handler;

    internal override ServerCall CreateCall(ServerCallSetup<TContract> setup) => new ServerStreamServerCall<TContract, TRequest, TItem>(this, setup);
}
