using System.Threading.Tasks.Sources;
using Loop.Sdk.WebRtc.Sctp;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>The messages of a channel that wait for its reader; the receive window bounds them. One thread adds, one reads.</summary>
internal sealed class MessageInbox : IValueTaskSource<bool>
{
    private readonly Lock _gate = new();
    private readonly Queue<InboxMessage> _messages = new();
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private bool _isWaiting;
    private bool _isEnded;

    public void Add(in ReceivedMessage message, DataMessageKind kind)
    {
        lock (_gate)
        {
            _messages.Enqueue(new InboxMessage(message, kind));
            Wake(true);
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            Wake(true);
        }
    }

    /// <summary>Ends a wait without a message.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            Wake(false);
        }
    }

    /// <summary>Takes messages, as many as there are room and bytes for, but one at least if there is one.</summary>
    public int Take(Span<InboxMessage> messages, int mostBytes)
    {
        lock (_gate)
        {
            var count = 0;
            for (var bytes = 0; count < messages.Length && bytes < mostBytes && _messages.TryDequeue(out messages[count]); count++)
            {
                bytes += messages[count].Message.Length;
            }

            return count;
        }
    }

    /// <summary>Waits for messages. False if nothing more comes and nothing is there, or if it was interrupted.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Whoever cancels interrupts after that, under the same lock.
            if (_messages.Count > 0 || _isEnded || cancellationToken.IsCancellationRequested)
            {
                return new ValueTask<bool>(_messages.Count > 0);
            }

            _core.Reset();
            _isWaiting = true;
            return new ValueTask<bool>(this, _core.Version);
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

    private void Wake(bool byContent)
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            _core.SetResult(byContent && _messages.Count > 0);
        }
    }
}
