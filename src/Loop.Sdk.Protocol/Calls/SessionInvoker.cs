using System.Diagnostics;
using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Calls;

/// <summary>Sends a contract client's calls over whatever session there is at the time.</summary>
internal abstract class SessionInvoker : ContractInvoker
{
    /// <summary>The W3C trace context of whatever is being traced, or null.</summary>
    public static string? TraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Milliseconds that a unary call may take, 0 for no limit.</summary>
    public abstract long TimeoutMs { get; }

    /// <summary>The clock by which subscriptions pace their retries.</summary>
    public virtual TimeProvider Time => TimeProvider.System;

    /// <summary>Gives the session's end that a call goes out on, and waits for one if the method can wait.</summary>
    /// <exception cref="LoopException">There is none: <c>unavailable</c>, <c>closed</c>, or why connecting failed for good.</exception>
    public abstract ValueTask<Peer> GetPeerAsync(ContractMethod method, CancellationToken cancellationToken);

    public sealed override Task<TResponse> UnaryAsync<TContract, TRequest, TResponse>(
        UnaryMethod<TContract, TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResponse>(cancellationToken);
        }

        if (method.Idempotent)
        {
            return UnaryIdempotentAsync(method, request, cancellationToken);
        }

        var peer = GetPeerAsync(method, cancellationToken);
        return peer.IsCompletedSuccessfully
            ? Unary(peer.Result, method, request, idempotencyKey: null, cancellationToken)
            : UnaryLaterAsync(peer, method, request, cancellationToken);
    }

    public sealed override IAsyncEnumerable<TItem> ServerStreamAsync<TContract, TRequest, TItem>(
        ServerStreamMethod<TContract, TRequest, TItem> method, TRequest request, CancellationToken cancellationToken) =>
        new ColdSequence<TItem>(token => new ServerStreamCall<TContract, TRequest, TItem>(this, method, request, token), cancellationToken);

    public sealed override async Task<TResponse> ClientStreamAsync<TContract, TRequest, TItem, TResponse>(
        ClientStreamMethod<TContract, TRequest, TItem, TResponse> method, TRequest request, IAsyncEnumerable<TItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        cancellationToken.ThrowIfCancellationRequested();
        var peer = await GetPeerAsync(method, cancellationToken).ConfigureAwait(false);
        var call = new UploadCall<TItem, TResponse>(method.Item, method.Response);
        var activity = OnStarting(method);
        var response = call.RunAsync(peer, new CallStart(method, TimeoutMs: 0) { TraceParent = activity?.Id ?? TraceParent }, method.Request, request, items, cancellationToken);
        OnStarted(method, activity, response);
        return await response.ConfigureAwait(false);
    }

    public sealed override IAsyncEnumerable<TResult> DuplexAsync<TContract, TRequest, TItem, TResult>(
        DuplexMethod<TContract, TRequest, TItem, TResult> method, TRequest request, IAsyncEnumerable<TItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new ColdSequence<TResult>(token => new DuplexCall<TContract, TRequest, TItem, TResult>(this, method, request, items, token), cancellationToken);
    }

    public sealed override IFeed<TSnapshot, TChange> Feed<TContract, TRequest, TSnapshot, TChange>(
        FeedMethod<TContract, TRequest, TSnapshot, TChange> method, TRequest request) =>
        new RemoteFeed<TContract, TRequest, TSnapshot, TChange>(this, method, request);

    /// <summary>Asked before every call that is answered by one message: the span that the call is to be traced under, or null.</summary>
    protected virtual Activity? OnStarting(ContractMethod method) => null;

    /// <summary>Told of every call that is answered by one message once it was sent, or failed to be.</summary>
    protected virtual void OnStarted<TResponse>(ContractMethod method, Activity? activity, Task<TResponse> response)
    {
    }

    private Task<TResponse> Unary<TContract, TRequest, TResponse>(
        Peer peer, UnaryMethod<TContract, TRequest, TResponse> method, TRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var call = new ResponseCall<TResponse>(method.Response);
        var response = call.Task;
        var activity = OnStarting(method);
        try
        {
            var start = new CallStart(method, TimeoutMs) { TraceParent = activity?.Id ?? TraceParent, IdempotencyKey = idempotencyKey };
            call.Start(peer, start, method.Request, request, cancellationToken);
        }
        catch (LoopException error)
        {
            response = Task.FromException<TResponse>(error);
        }

        OnStarted(method, activity, response);
        return response;
    }

    private async Task<TResponse> UnaryLaterAsync<TContract, TRequest, TResponse>(
        ValueTask<Peer> peer, UnaryMethod<TContract, TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken) =>
        await Unary(await peer.ConfigureAwait(false), method, request, idempotencyKey: null, cancellationToken).ConfigureAwait(false);

    // A session that was lost says nothing about whether the call took effect; an idempotent method may simply be called again. A server that goes away may say so after the call was sent.
    private async Task<TResponse> UnaryIdempotentAsync<TContract, TRequest, TResponse>(
        UnaryMethod<TContract, TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
    {
        var key = Guid.NewGuid().ToString("N");
        while (true)
        {
            var peer = await GetPeerAsync(method, cancellationToken).ConfigureAwait(false);
            try
            {
                return await Unary(peer, method, request, key, cancellationToken).ConfigureAwait(false);
            }
            catch (LoopException error) when (error.Code is ErrorCodes.SessionLost or ErrorCodes.Draining)
            {
                // Goes on with the next session, for which GetPeerAsync waits.
            }
        }
    }
}
