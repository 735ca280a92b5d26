using Loop.Sdk.Calls;

namespace Loop.Sdk.Contracts;

/// <summary>A method with an optional request, then items both ways at once.</summary>
/// <typeparam name="TContract">The contract interface.</typeparam>
/// <typeparam name="TRequest">The request that goes ahead of the items, or <see cref="Nothing"/>.</typeparam>
/// <typeparam name="TItem">The client's items.</typeparam>
/// <typeparam name="TResult">The server's items.</typeparam>
public sealed class DuplexMethod<TContract, TRequest, TItem, TResult>(
    int number,
    string name,
    PayloadCodec<TRequest> request,
    PayloadCodec<TItem> item,
    PayloadCodec<TResult> result,
    Func<TContract, TRequest, IAsyncEnumerable<TItem>, CancellationToken, IAsyncEnumerable<TResult>> handler)
    : ContractMethod<TContract>(number, name, MethodKind.Duplex)
{
    internal PayloadCodec<TRequest> Request { get; } = request;

    internal PayloadCodec<TItem> Item { get; } = item;

    internal PayloadCodec<TResult> Result { get; } = result;

    internal Func<TContract, TRequest, IAsyncEnumerable<TItem>, CancellationToken, IAsyncEnumerable<TResult>> Handler { get; } = handler;

    internal override ServerCall CreateCall(ServerCallSetup<TContract> setup) => new DuplexServerCall<TContract, TRequest, TItem, TResult>(this, setup);
}
