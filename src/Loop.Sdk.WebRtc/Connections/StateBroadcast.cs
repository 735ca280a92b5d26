using System.Runtime.CompilerServices;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>A state that any number of readers follow, each at its own pace: whoever is slow misses what has passed.</summary>
internal sealed class StateBroadcast
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewChange();
    private PeerConnectionState _state;

    public PeerConnectionState State => _state;

    public void Set(PeerConnectionState state)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _state = state;
            changed = _changed;
            _changed = NewChange();
        }

        changed.SetResult();
    }

    public async IAsyncEnumerable<PeerConnectionState> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PeerConnectionState? last = null;
        while (last != PeerConnectionState.Closed)
        {
            Task changed;
            PeerConnectionState state;
            lock (_gate)
            {
                (state, changed) = (_state, _changed.Task);
            }

            if (state == last)
            {
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            last = state;
            yield return state;
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
