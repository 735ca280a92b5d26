using Loop.Sdk.Errors;

namespace Loop.Sdk.Sessions;

/// <summary>Pushing: sending for producers that cannot wait, to streams that may be too slow for them.</summary>
internal sealed partial class Session
{
    /// <summary>Sends a message, or lets it wait, or applies the policy. Never blocks, and holds a bounded amount for the stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="payload">The message, borrowed for the call.</param>
    /// <param name="shared">A copy of the message that several streams wait with; made when the first needs it.</param>
    /// <param name="key">What the message replaces while both wait, for <see cref="SlowConsumerPolicy.Latest"/>.</param>
    /// <param name="policy">What to do when no more may wait.</param>
    /// <param name="queue">The stream's queue, for what waits by key.</param>
    public void Push(SessionStream stream, ReadOnlyMemory<byte> payload, ref byte[]? shared, object? key, SlowConsumerPolicy policy, PushIndex queue)
    {
        Signal signal;
        lock (_gate)
        {
            if (stream.IsClosed || stream.LocalEnding || stream.Lagging)
            {
                return;
            }

            // For an absent peer newer messages replace older ones, so they must not be in the log already.
            if ((_attached || policy == SlowConsumerPolicy.Reliable) && CanSendNow(stream, payload.Length))
            {
                WriteItem(stream, payload.Span, end: false, payload.Length, first: true);
                signal = Poll();
            }
            else
            {
                shared ??= payload.ToArray();
                signal = Queue(stream, shared, key, policy, queue) ? Poll() : Signal.SlowConsumer;
            }
        }

        Raise(signal);
    }

    /// <summary>Whether nothing waits for the stream, so that a producer who cares may go on.</summary>
    public bool IsDrained(SessionStream stream)
    {
        lock (_gate)
        {
            return stream.IsClosed || stream.Waiting is not { Count: > 0 };
        }
    }

    /// <summary>Lets messages through again after a slow stream's were dropped.</summary>
    public void CatchUp(SessionStream stream)
    {
        lock (_gate)
        {
            stream.Lagging = false;
        }
    }

    private bool Queue(SessionStream stream, byte[] payload, object? key, SlowConsumerPolicy policy, PushIndex index)
    {
        if (policy == SlowConsumerPolicy.Latest && key is not null && index.TryReplace(key, payload, out var grown))
        {
            stream.WaitingBytes += grown;
            Schedule(stream);
            return true;
        }

        if (stream.WaitingBytes + payload.Length > _options.MaxQueued && stream.Waiting is { Count: > 0 } waiting)
        {
            switch (policy)
            {
                case SlowConsumerPolicy.Reliable:
                    return false;
                case SlowConsumerPolicy.Snapshot:
                    DropUnbegun(stream, waiting, int.MaxValue);
                    stream.Lagging = true;
                    if (waiting.Count == 0)
                    {
                        (_drained ??= []).Add(stream);
                    }

                    return true;
                default:
                    DropUnbegun(stream, waiting, stream.WaitingBytes + payload.Length - _options.MaxQueued);
                    break;
            }
        }

        var message = new OutboundMessage(payload, end: false) { Key = key };
        if (stream.Waiting is not { Count: > 0 })
        {
            // What the index knows is gone; without this it would keep every key that ever waited.
            index.Clear();
        }

        Wait(stream, message);
        if (policy == SlowConsumerPolicy.Latest && key is not null)
        {
            index.Add(key, message);
        }

        Schedule(stream);
        return true;
    }

    private static void DropUnbegun(SessionStream stream, LinkedList<OutboundMessage> waiting, int bytes)
    {
        for (var node = waiting.First; node is not null && bytes > 0;)
        {
            var next = node.Next;
            if (node.Value is { Begun: false, Header: null })
            {
                bytes -= node.Value.Data.Length;
                stream.WaitingBytes -= node.Value.Data.Length;
                waiting.Remove(node);
                node.Value.Recycle();
            }

            node = next;
        }
    }
}
