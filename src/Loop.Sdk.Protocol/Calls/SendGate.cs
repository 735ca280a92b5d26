using System.Threading.Tasks.Sources;

namespace Loop.Sdk.Calls;

/// <summary>Where the one producer of a stream waits until what it sent last is on its way.</summary>
internal sealed class SendGate : IValueTaskSource
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private bool _open;
    private bool _waiting;
    private bool _shut;

    /// <summary>Lets the producer go on, now or when it next waits.</summary>
    public void Open() => Release(shut: false);

    /// <summary>The stream is over: nobody waits here any more.</summary>
    public void Shut() => Release(shut: true);

    /// <summary>Whether the stream is over.</summary>
    public bool IsShut => Volatile.Read(ref _shut);

    /// <summary>Waits for one <see cref="Open"/>, perhaps one of before, or until the stream is over.</summary>
    public ValueTask WaitAsync()
    {
        lock (_lock)
        {
            if (_open || _shut)
            {
                _open = false;
                return default;
            }

            _source.Reset();
            _waiting = true;
            return new ValueTask(this, _source.Version);
        }
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Release(bool shut)
    {
        lock (_lock)
        {
            _shut |= shut;
            if (!_waiting)
            {
                _open = true;
                return;
            }

            _waiting = false;
        }

        _source.SetResult(true);
    }
}
