using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Calls;

internal sealed class FeedServerCall<TContract, TRequest, TSnapshot, TChange>(FeedMethod<TContract, TRequest, TSnapshot, TChange> method, ServerCallSetup<TContract> setup)
    : ServerCall(method, setup.Peer, setup.Header)
{
    private readonly ICallActivator<TContract> _activator = setup.Activator;
    private TRequest _request = default!;
    private FeedPosition? _from;
    private PushQueue? _pushes;

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
        try
        {
            var request = payload;
            _from = FeedWire.TakeRequestPosition(ref request);
            _request = method.Request.Read(request);
        }
        catch (LoopException error)
        {
            Refuse(error);
            return;
        }

        Session!.Consume(this, CreditCost.Of(payload.Length));
        if (end)
        {
            Dispatch();
        }
        else
        {
            Refuse(new LoopException(ErrorCodes.InvalidPayload, "The method takes one message."));
        }
    }

    internal override void OnEnd()
    {
    }

    internal override IThreadPoolWorkItem? OnSendable()
    {
        if (_pushes is not { } pushes)
        {
            return base.OnSendable();
        }

        pushes.OnSendable();
        return null;
    }

    protected override async Task RunAsync()
    {
        Exception? failure = null;
        try
        {
            var contract = await _activator.BeginAsync(this).ConfigureAwait(false);
            var feed = method.Handler(contract, _request);
            if (feed is IFeedPublisher<TSnapshot, TChange> publisher)
            {
                _pushes = new PushQueue(this);
                await publisher.PushAsync(_pushes, method.Snapshot, method.Change, _from, CancellationToken).ConfigureAwait(false);
            }
            else
            {
                await PullAsync(feed).ConfigureAwait(false);
            }

            Session!.End(this);
        }
#pragma warning disable CA1031 // Whatever a handler throws ends its call, never the session.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        await EndAsync(_activator, failure).ConfigureAwait(false);
    }

    private async ValueTask PullAsync(IFeed<TSnapshot, TChange> feed)
    {
        await foreach (var @event in feed.SubscribeAsync(_from, CancellationToken).ConfigureAwait(false))
        {
            if (!await SendEventAsync(@event).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private ValueTask<bool> SendEventAsync(in FeedEvent<TSnapshot, TChange> @event) =>
        SendPayloadAsync(FeedWire.Encode(@event, method.Snapshot, method.Change), borrow: false);
}
