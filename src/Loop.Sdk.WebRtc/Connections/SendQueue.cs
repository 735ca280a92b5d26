namespace Loop.Sdk.WebRtc.Connections;

/// <summary>Messages that wait, first come, first served. Used under the connection's lock.</summary>
internal sealed class SendQueue
{
    private SendWaiter? _last;

    public SendWaiter? First { get; private set; }

    public bool IsEmpty => First is null;

    public void Add(SendWaiter waiter)
    {
        (waiter.Queue, waiter.Previous, waiter.Next) = (this, _last, null);
        if (_last is null)
        {
            First = waiter;
        }
        else
        {
            _last.Next = waiter;
        }

        _last = waiter;
    }

    public void Remove(SendWaiter waiter)
    {
        if (waiter.Previous is null)
        {
            First = waiter.Next;
        }
        else
        {
            waiter.Previous.Next = waiter.Next;
        }

        if (waiter.Next is null)
        {
            _last = waiter.Previous;
        }
        else
        {
            waiter.Next.Previous = waiter.Previous;
        }

        waiter.Queue = null;
        waiter.Previous = waiter.Next = null;
    }

    /// <summary>Fails those of one channel, or all.</summary>
    public void Fail(PeerDataChannel? channel, Exception reason)
    {
        for (var waiter = First; waiter is not null;)
        {
            var next = waiter.Next;
            if (channel is null || waiter.Channel == channel)
            {
                Remove(waiter);
                waiter.Fail(reason);
            }

            waiter = next;
        }
    }
}
