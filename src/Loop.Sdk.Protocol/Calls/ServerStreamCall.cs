using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Calls;

internal sealed class ServerStreamCall<TContract, TRequest, TItem>(
    SessionInvoker invoker, ServerStreamMethod<TContract, TRequest, TItem> method, TRequest request, CancellationToken cancellationToken)
    : StreamCall<TItem>(invoker, method.Item, cancellationToken)
{
    protected override ContractMethod Method => method;

    protected override void Start(Peer peer, in CallStart call) =>
        Open(peer, call, method.Request.Encode(request), end: true, method.Request.IsRaw, CancellationToken);
}
