using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Feeds;

/// <summary>One subscription to a feed on one session.</summary>
internal sealed class FeedCall<TContract, TRequest, TSnapshot, TChange>(
    SessionInvoker invoker, FeedMethod<TContract, TRequest, TSnapshot, TChange> method, TRequest request, FeedPosition? from, CancellationToken cancellationToken)
    : StreamCall<FeedEvent<TSnapshot, TChange>>(invoker, new FeedEventCodec<TSnapshot, TChange>(method.Snapshot, method.Change, from?.Epoch ?? 0), cancellationToken)
{
    private Session? _session;

    /// <summary>Whether the call ended because its session did: another session may serve it, whatever the reason was.</summary>
    public bool IsSessionOver => _session?.Closed is not null;

    protected override ContractMethod Method => method;

    protected override void Start(Peer peer, in CallStart call)
    {
        _session = peer.Session;
        Open(peer, call, FeedWire.EncodeRequest(method.Request, request, from), end: true, borrow: false, CancellationToken);
    }
}
