namespace Loop.Sdk.Sessions;

/// <summary>Messages that wait, oldest first, linked through themselves.</summary>
internal sealed class OutboundQueue
{
    private OutboundMessage? _last;

    public OutboundMessage? First { get; private set; }

    public int Count { get; private set; }

    public void Add(OutboundMessage message)
    {
        message.Previous = _last;
        if (_last is null)
        {
            First = message;
        }
        else
        {
            _last.Next = message;
        }

        _last = message;
        Count++;
    }

    public void Remove(OutboundMessage message)
    {
        if (message.Previous is { } previous)
        {
            previous.Next = message.Next;
        }
        else
        {
            First = message.Next;
        }

        if (message.Next is { } next)
        {
            next.Previous = message.Previous;
        }
        else
        {
            _last = message.Previous;
        }

        message.Next = message.Previous = null;
        Count--;
    }
}
