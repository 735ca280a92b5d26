using Loop.Sdk.Contracts;

namespace Loop.Sdk.Calls;

internal sealed class ClientStreamServerCall<TContract, TRequest, TItem, TResponse> : StreamingServerCall<TContract, TRequest>
{
    private readonly ClientStreamMethod<TContract, TRequest, TItem, TResponse> _method;
    private readonly ItemBuffer<TItem> _items;

    public ClientStreamServerCall(ClientStreamMethod<TContract, TRequest, TItem, TResponse> method, ServerCallSetup<TContract> setup)
        : base(method, method.Request, setup)
    {
        _method = method;
        _items = method.Item.CreateBuffer(this);
    }

    protected override IThreadPoolWorkItem? EndItemBatch() => _items.EndBatch();

    protected override async ValueTask HandleAsync(TContract contract)
    {
        var response = await _method.Handler(contract, Request, new ItemSequence<TItem>(_items), CancellationToken).ConfigureAwait(false);
        Session!.Send(this, _method.Response.Encode(response), end: true, borrow: _method.Response.IsRaw);
        CancelRest();
    }

    protected override void AddItem(ReadOnlySpan<byte> payload, byte[]? owned) => _items.Add(payload, owned);

    protected override void EndItems() => _items.End();

    protected override void StopItems(LoopException error) => _items.Complete(error);

    // A handler that answers before it has read all items wants no more of them. The answer must be out first.
    private void CancelRest() => _items.Complete();
}
