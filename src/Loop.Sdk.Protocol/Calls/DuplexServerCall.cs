using Loop.Sdk.Contracts;

namespace Loop.Sdk.Calls;

internal sealed class DuplexServerCall<TContract, TRequest, TItem, TResult> : StreamingServerCall<TContract, TRequest>
{
    private readonly DuplexMethod<TContract, TRequest, TItem, TResult> _method;
    private readonly ItemBuffer<TItem> _items;

    public DuplexServerCall(DuplexMethod<TContract, TRequest, TItem, TResult> method, ServerCallSetup<TContract> setup)
        : base(method, method.Request, setup)
    {
        _method = method;
        _items = method.Item.CreateBuffer(this);
    }

    protected override IThreadPoolWorkItem? EndItemBatch() => _items.EndBatch();

    protected override async ValueTask HandleAsync(TContract contract)
    {
        var results = _method.Handler(contract, Request, new ItemSequence<TItem>(_items), CancellationToken);
        await SendAllAsync(_method.Result, results, CancellationToken).ConfigureAwait(false);
        _items.Complete();
    }

    protected override void AddItem(ReadOnlySpan<byte> payload, byte[]? owned) => _items.Add(payload, owned);

    protected override void EndItems() => _items.End();

    protected override void StopItems(LoopException error) => _items.Complete(error);
}
