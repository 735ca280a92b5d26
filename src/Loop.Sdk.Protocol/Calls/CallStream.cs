using Loop.Sdk.Contracts;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Calls;

/// <summary>What both ends of a call share: sending items as fast as the other end takes them, no faster.</summary>
internal abstract class CallStream : SessionStream
{
    private SendGate? _gate;

    internal override IThreadPoolWorkItem? OnSendable() => Gate.Open();

    /// <summary>Sends one item, and waits while the other end takes no more. False if the stream is over.</summary>
    protected ValueTask<bool> SendAsync<T>(PayloadCodec<T> codec, T item) => SendPayloadAsync(codec.Encode(item), codec.IsRaw);

    /// <summary>Sends one message, and waits while the other end takes no more. False if the stream is over.</summary>
    protected ValueTask<bool> SendPayloadAsync(ReadOnlyMemory<byte> payload, bool borrow) =>
        Session!.Send(this, payload, end: false, borrow) ? new ValueTask<bool>(true) : WaitUntilSentAsync();

    // That the gate opens is not enough: it may have been for the opening message, and a borrowed payload must stay until it was sent. The gate is
    // there before the stream is looked at, so that whoever closes the stream after that finds it.
    private async ValueTask<bool> WaitUntilSentAsync()
    {
        var gate = Gate;
        while (Session!.HasWaiting(this))
        {
            await gate.WaitAsync().ConfigureAwait(false);
            if (gate.IsShut)
            {
                return false;
            }
        }

        return !IsClosed;
    }

    /// <summary>Sends every item of a sequence, then ends this half. Stops without an error if the stream is over.</summary>
    protected async ValueTask SendAllAsync<T>(PayloadCodec<T> codec, IAsyncEnumerable<T> items, CancellationToken cancellationToken)
    {
        // A sequence that computes between its items is not to be held back with the first of them.
        Session!.Release();
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var sending = SendAsync(codec, item);
            if (!(sending.IsCompletedSuccessfully ? sending.Result : await sending.ConfigureAwait(false)))
            {
                return;
            }
        }

        Session!.End(this);
    }

    /// <summary>The stream is over for this end: its producer no longer waits.</summary>
    protected void StopSending() => Volatile.Read(ref _gate)?.Shut();

    private SendGate Gate => _gate ?? Interlocked.CompareExchange(ref _gate, new SendGate(), null) ?? _gate;
}
