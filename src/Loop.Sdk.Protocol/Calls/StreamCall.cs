using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Calls;

/// <summary>The calling end of a call that is answered by a stream. It opens when it is first moved, and closes when it is disposed of.</summary>
internal abstract class StreamCall<TItem> : ClientCall, IAsyncEnumerator<TItem>
{
    private readonly SessionInvoker _invoker;
    private readonly ItemBuffer<TItem> _items;
    private bool _opened;

    protected StreamCall(SessionInvoker invoker, PayloadCodec<TItem> codec, CancellationToken cancellationToken)
    {
        _invoker = invoker;
        _items = codec.CreateBuffer(this);
        CancellationToken = cancellationToken;
    }

    public TItem Current => _items.Current;

    protected CancellationToken CancellationToken { get; }

    protected abstract ContractMethod Method { get; }

    public ValueTask<bool> MoveNextAsync() => _opened ? _items.MoveNextAsync() : OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        if (_opened)
        {
            Session!.Cancel(this);
            Finish(error: null);
        }

        return default;
    }

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
        try
        {
            _items.Add(payload, owned);
        }
        catch (LoopException error)
        {
            Reject(error);
            return;
        }

        if (end)
        {
            OnEnd();
        }
    }

    internal override void OnEnd()
    {
        _items.End();
        Finish(error: null);
    }

    internal override IThreadPoolWorkItem? OnBatchEnd() => _items.EndBatch();

    /// <summary>Sends the request.</summary>
    protected abstract void Start(Peer peer, in CallStart call);

    protected override void Complete(Exception? error) => _items.Complete(error);

    private async ValueTask<bool> OpenAsync()
    {
        CancellationToken.ThrowIfCancellationRequested();
        var peer = await _invoker.GetPeerAsync(Method, CancellationToken).ConfigureAwait(false);
        Start(peer, new CallStart(Method, TimeoutMs: 0) { TraceParent = SessionInvoker.TraceParent });
        _opened = true;
        return await _items.MoveNextAsync().ConfigureAwait(false);
    }
}
