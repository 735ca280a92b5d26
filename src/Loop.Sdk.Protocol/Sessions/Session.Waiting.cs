namespace Loop.Sdk.Sessions;

/// <summary>What waits for credit or for a free stream, and then takes turns, a frame at a time.</summary>
internal sealed partial class Session
{
    // How much of waiting large messages is put in front of a small one that comes next.
    private const int PumpTarget = 64 * 1024 - 1024;

    private Queue<SessionStream>? _opening;
    private Queue<SessionStream>? _ready;
    private List<SessionStream>? _drained;

    private static void Wait(SessionStream stream, OutboundMessage message)
    {
        (stream.Waiting ??= new()).Add(message);
        stream.WaitingBytes += message.Data.Length;
    }

    private static void DropWaiting(SessionStream stream)
    {
        if (stream.Waiting is { } waiting)
        {
            for (var message = waiting.First; message is not null; message = message.Next)
            {
                message.Recycle();
            }

            stream.Waiting = null;
            stream.WaitingBytes = 0;
        }
    }

    // An id is given in the moment that the open frame is written, since the peer takes ids in rising order only.
    private void StartOpening()
    {
        while (_opening is { Count: > 0 } opening)
        {
            var stream = opening.Peek();
            if (stream.IsClosed)
            {
                opening.Dequeue();
                continue;
            }

            if (!CanOpen(stream.Waiting!.First!.Cost))
            {
                return;
            }

            opening.Dequeue();
            Begin(stream);
            WritePart(stream);
            Schedule(stream);
        }
    }

    private void Schedule(SessionStream stream)
    {
        if (!stream.Scheduled && stream.State == StreamState.Open && HasNext(stream, out var next) && next <= stream.SendCredit)
        {
            stream.Scheduled = true;
            (_ready ??= new()).Enqueue(stream);
        }
    }

    /// <summary>Whether the stream has a use for a turn, and what that costs.</summary>
    private static bool HasNext(SessionStream stream, out int cost)
    {
        if (stream.Waiting is { First: { } message })
        {
            cost = message.Cost;
            return true;
        }

        cost = stream.Wanted;
        return cost > 0;
    }

    /// <summary>Moves parts of waiting messages into the log, in weighted turns, until there is enough for one message to the connection.</summary>
    private void Pump()
    {
        while (_ready is { Count: > 0 } ready && _log.Unsent < PumpTarget)
        {
            var stream = ready.Peek();
            for (var turn = 0; turn < stream.Weight && !stream.IsClosed && stream.Waiting is { First: { } next }; turn++)
            {
                if (next.Cost > stream.SendCredit)
                {
                    break;
                }

                if (next.Cost > _sendCredit)
                {
                    return;
                }

                WritePart(stream);
            }

            if (stream is { IsClosed: false, Waiting: not { Count: > 0 }, Wanted: > 0 } && stream.Wanted <= stream.SendCredit)
            {
                if (stream.Wanted > _sendCredit)
                {
                    return;
                }

                stream.Wanted = 0;
                (_drained ??= []).Add(stream);
            }

            ready.Dequeue();
            stream.Scheduled = false;
            Schedule(stream);
        }
    }

    private void WritePart(SessionStream stream)
    {
        var message = stream.Waiting!.First!;
        var part = message.Data.Span.Slice(message.Offset, message.Part);
        var last = part.Length == message.Remaining;
        if (message.EndOnly)
        {
            stream.Waiting.Remove(message);
            WriteEnd(stream);
            return;
        }

        var first = !message.Begun;
        message.Begun = true;
        message.Offset += part.Length;
        if (last)
        {
            stream.Waiting.Remove(message);
            stream.WaitingBytes -= message.Data.Length;
            if (stream.Waiting.Count == 0)
            {
                stream.Wanted = 0;
                (_drained ??= []).Add(stream);
            }
        }

        if (first && message.Header is { } header)
        {
            WriteOpen(stream, header, part, message.End, message.Data.Length);
        }
        else
        {
            WriteItem(stream, part, message.End, last && first ? part.Length : message.Data.Length, first, last);
        }

        if (last)
        {
            message.Recycle();
        }
    }
}
