using Loop.Sdk.Feeds;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>Pushing: sending for producers that cannot wait, to streams that may be too slow for them.</summary>
internal sealed partial class Session
{
    private const int MessageOverhead = 64;

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
            if (stream.IsClosed || stream.LocalEnding)
            {
                return;
            }

            // For an absent peer newer messages replace older ones, so they must not be in the log already.
            if ((_attached || policy == SlowConsumerPolicy.Reliable) && CanSendNow(stream, payload.Length))
            {
                queue.Clear();
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

    /// <summary>
    /// Sends a message if nothing else waits for the stream and there is room for it. If not, nothing of it is kept here: once there is room,
    /// <see cref="SessionStream.OnSendable"/> tells, and the producer decides anew what to send. For an absent peer there is no room.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="payload">The message, which must not change any more.</param>
    /// <exception cref="LoopException">The message is larger than the peer takes.</exception>
    public bool TryPush(SessionStream stream, ReadOnlyMemory<byte> payload)
    {
        Signal signal;
        bool sent;
        lock (_gate)
        {
            if (stream.IsClosed || stream.LocalEnding)
            {
                return false;
            }

            CheckSize(payload.Length);
            var cost = CreditCost.Of(Math.Min(payload.Length, FrameLimits.MaxPayload));
            sent = _attached && stream is { State: StreamState.Open, Waiting: not { Count: > 0 } } && cost <= stream.SendCredit && cost <= _sendCredit;
            if (!sent)
            {
                stream.Wanted = cost;
                Schedule(stream);
            }
            else if (payload.Length <= FrameLimits.MaxPayload)
            {
                WriteItem(stream, payload.Span, end: false, payload.Length, first: true);
            }
            else
            {
                Wait(stream, new OutboundMessage(payload, end: false));
                Schedule(stream);
            }

            signal = Poll();
        }

        Raise(signal);
        return sent;
    }

    /// <summary>Whether the stream takes more without a wait. If not, <see cref="SessionStream.OnSendable"/> tells when to ask again.</summary>
    public bool IsDrained(SessionStream stream)
    {
        Signal signal;
        lock (_gate)
        {
            var waiting = stream.Waiting is { Count: > 0 };
            if (stream.IsClosed || (!waiting && stream.SendCredit >= FrameLimits.MaxPayload && _sendCredit >= FrameLimits.MaxPayload))
            {
                return true;
            }

            if (!waiting)
            {
                stream.Wanted = FrameLimits.MaxPayload;
                Schedule(stream);
            }

            signal = Poll();
        }

        Raise(signal);
        return false;
    }

    private bool Queue(SessionStream stream, byte[] payload, object? key, SlowConsumerPolicy policy, PushIndex index)
    {
        var keyed = policy == SlowConsumerPolicy.Latest && key is not null;
        if (keyed && index.TryGet(key!, out var older))
        {
            stream.WaitingBytes += payload.Length - older.Data.Length;
            older.Replace(payload);
            DropOldest(stream, except: older);
            Schedule(stream);
            return true;
        }

        if (policy == SlowConsumerPolicy.Reliable && stream.Waiting is { Count: > 0 } && Queued(stream) + payload.Length + MessageOverhead > _options.MaxQueued)
        {
            return false;
        }

        if (stream.Waiting is not { Count: > 0 })
        {
            // What the index knows is gone.
            index.Clear();
        }

        var message = new OutboundMessage(payload, end: false);
        Wait(stream, message);
        if (keyed)
        {
            index.Add(key!, message);
        }

        if (policy == SlowConsumerPolicy.Latest)
        {
            DropOldest(stream, except: message);
        }

        Schedule(stream);
        return true;
    }

    // Even an empty message takes memory while it waits.
    private static int Queued(SessionStream stream) => stream.WaitingBytes + (stream.Waiting!.Count * MessageOverhead);

    // A message that is begun must be sent to its end, and the newest is always kept, however large it is.
    private void DropOldest(SessionStream stream, OutboundMessage except)
    {
        for (var message = stream.Waiting!.First; message is not null && Queued(stream) > _options.MaxQueued;)
        {
            var next = message.Next;
            if (message is { Begun: false, Header: null } && message != except)
            {
                stream.WaitingBytes -= message.Data.Length;
                stream.Waiting.Remove(message);
                message.Recycle();
            }

            message = next;
        }
    }
}
