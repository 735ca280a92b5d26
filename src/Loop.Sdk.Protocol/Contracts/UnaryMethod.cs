using Loop.Sdk.Calls;

namespace Loop.Sdk.Contracts;

/// <summary>A method with one request and one response.</summary>
/// <typeparam name="TContract">The contract interface.</typeparam>
/// <typeparam name="TRequest">The request, or <see cref="Nothing"/>.</typeparam>
/// <typeparam name="TResponse">The response, or <see cref="Nothing"/>.</typeparam>
public sealed class UnaryMethod<TContract, TRequest, TResponse>(
    int number,
    string name,
    PayloadCodec<TRequest> request,
    PayloadCodec<TResponse> response,
    Func<TContract, TRequest, CancellationToken, Task<TResponse>> handler)
    : ContractMethod<TContract>(number, name, MethodKind.Unary)
{
    internal PayloadCodec<TRequest> Request { get; } = request;

    internal PayloadCodec<TResponse> Response { get; } = response;

    internal Func<TContract, TRequest, CancellationToken, Task<TResponse>> Handler { get; } = handler;

    internal override ServerCall CreateCall(ServerCallSetup<TContract> setup) => new UnaryServerCall<TContract, TRequest, TResponse>(this, setup);
}
