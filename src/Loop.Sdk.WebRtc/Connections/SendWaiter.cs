using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>A message that waits for room, and the task of its sender. Used again afterwards, since a fast sender waits all the time.</summary>
internal sealed class SendWaiter : IValueTaskSource
{
    private const int MostPooled = 256;

    private static readonly ConcurrentQueue<SendWaiter> Pool = new();

    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;

    private SendWaiter()
    {
    }

    public PeerDataChannel Channel { get; private set; } = null!;

    public ReadOnlyMemory<byte> Message { get; private set; }

    public DataMessageKind Kind { get; private set; }

    /// <summary>The queue it waits in, and its neighbours there; changed under the connection's lock.</summary>
    public SendQueue? Queue { get; set; }

    public SendWaiter? Previous { get; set; }

    public SendWaiter? Next { get; set; }

    public ValueTask Task => new(this, _core.Version);

    public static SendWaiter Rent(PeerDataChannel channel, ReadOnlyMemory<byte> message, DataMessageKind kind)
    {
        var waiter = Pool.TryDequeue(out var used) ? used : new SendWaiter();
        (waiter.Channel, waiter.Message, waiter.Kind) = (channel, message, kind);
        return waiter;
    }

    /// <summary>To be called without the connection's lock, for the token may be cancelled already.</summary>
    public void CancelWith(CancellationToken cancellationToken) =>
        _registration = cancellationToken.UnsafeRegister(static (state, token) => ((SendWaiter)state!).Channel.Cancel((SendWaiter)state, token), this);

    public void Complete() => _core.SetResult(true);

    public void Fail(Exception exception) => _core.SetException(exception);

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _core.GetResult(token);
        }
        finally
        {
            // Waits for a cancellation that is under way, so that it does not hit whoever uses this next.
            _registration.Dispose();
            _registration = default;
            _core.Reset();
            Channel = null!;
            Message = default;
            if (Pool.Count < MostPooled)
            {
                Pool.Enqueue(this);
            }
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);
}
