using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>Credit: what may be sent, and what is granted to the peer for what was consumed.</summary>
internal sealed partial class Session
{
    // What is under way of a large message delays whatever is sent beside it, and more would not speed it up.
    private const int LargestMessageWindow = 256 * 1024;

    // A window that is granted more often than this is too small for its stream.
    private const int ShortestTurnMs = 1;

    private int _sendCredit;
    private int _receiveCredit;
    private int _consumed;

    /// <summary>Gives back what a stream's consumer has taken, so that the sender may go on.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="cost">The <see cref="CreditCost"/> of every message taken.</param>
    public void Consume(SessionStream stream, int cost)
    {
        Signal signal;
        lock (_gate)
        {
            if (stream.IsClosed)
            {
                return;
            }

            stream.Unconsumed -= cost;
            var prepaid = Math.Min(cost, stream.Prepaid);
            stream.Prepaid -= prepaid;
            Grant(stream, cost - prepaid);
            if (stream.Unconsumed == 0 && stream.Deferred > 0)
            {
                var deferred = stream.Deferred;
                stream.Deferred = 0;
                Grant(stream, deferred);
            }

            signal = Poll();
        }

        Raise(signal);
    }

    private void ReceiveCredit(ulong id, int bytes)
    {
        Signal signal;
        lock (_gate)
        {
            if (id == 0)
            {
                _sendCredit = Add(_sendCredit, bytes);
                StartOpening();
            }
            else if (Find(id, evenIfEnded: true) is { } stream)
            {
                stream.SendCredit = Add(stream.SendCredit, bytes);
                Schedule(stream);
            }

            signal = Poll();
        }

        Raise(signal);
    }

    private static int Add(int credit, int bytes) =>
        bytes > 0 && credit <= int.MaxValue - bytes ? credit + bytes : throw new LoopException(ErrorCodes.CreditViolation, "The peer grants more credit than can be.");

    private void TakeSessionCredit(int bytes)
    {
        _receiveCredit -= bytes;
        if (_receiveCredit < 0)
        {
            throw new LoopException(ErrorCodes.CreditViolation, "The peer sent more than the session's credit.");
        }
    }

    private static void TakeStreamCredit(SessionStream stream, int bytes)
    {
        stream.ReceiveCredit -= bytes;
        if (stream.ReceiveCredit < 0)
        {
            throw new LoopException(ErrorCodes.CreditViolation, "The peer sent more than the stream's credit.");
        }
    }

    private void Grant(SessionStream stream, int bytes)
    {
        stream.Consumed += bytes;
        if (stream is { IsClosed: false, RemoteEnded: false } && stream.Consumed >= stream.ReceiveWindow / 2)
        {
            var grant = stream.Consumed;
            stream.Consumed = 0;

            // A sender that has less than a frame's worth left has been waiting, and one that has more than a window to come will be: a larger window
            // keeps it going. The second shows in no credit, since a message is granted as it arrives. Neither does a window that is through in no time.
            var now = Volatile.Read(ref _lastReceivedAt);
            var (isBlocked, largest) = stream.Assembly is { } assembly
                ? (stream.ReceiveCredit < FrameLimits.MaxPayload || assembly.Missing > stream.ReceiveWindow, Math.Min(_options.MaxStreamWindow, LargestMessageWindow))
                : (stream.ReceiveCredit < FrameLimits.MaxPayload || now - stream.GrantedAt <= ShortestTurnMs, _options.MaxStreamWindow);
            stream.GrantedAt = now;
            if (isBlocked && stream.ReceiveWindow < largest)
            {
                var window = Math.Min(stream.ReceiveWindow * 2, largest);
                grant += window - stream.ReceiveWindow;
                stream.ReceiveWindow = window;
            }

            stream.ReceiveCredit += grant;
            WriteCredit(stream.Id, grant);
        }

        GrantSession(bytes);
    }

    private void GrantSession(int bytes)
    {
        _consumed += bytes;
        if (_consumed >= _options.Limits.SessionWindow / 2 && _closed is null)
        {
            _receiveCredit += _consumed;
            WriteCredit(0, _consumed);
            _consumed = 0;
        }
    }

    private void Spend(SessionStream stream, int bytes)
    {
        var cost = CreditCost.Of(bytes);
        stream.SendCredit -= cost;
        _sendCredit -= cost;
    }
}
