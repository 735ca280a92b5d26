using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Calls;

internal sealed class ServerStreamServerCall<TContract, TRequest, TItem>(ServerStreamMethod<TContract, TRequest, TItem> method, ServerCallSetup<TContract> setup)
    : StreamingServerCall<TContract, TRequest>(method, method.Request, setup)
{
    private PushQueue? _pushes;

    internal override IThreadPoolWorkItem? OnSendable()
    {
        _pushes?.OnSendable();
        return base.OnSendable();
    }

    protected override async ValueTask HandleAsync(TContract contract)
    {
        var items = method.Handler(contract, Request, CancellationToken);
        if (items is IPushSource<TItem> source)
        {
            _pushes = new PushQueue(this);
            await source.PushAsync(_pushes, method.Item, CancellationToken).ConfigureAwait(false);
            Session!.End(this);
        }
        else
        {
            await SendAllAsync(method.Item, items, CancellationToken).ConfigureAwait(false);
        }
    }
}
