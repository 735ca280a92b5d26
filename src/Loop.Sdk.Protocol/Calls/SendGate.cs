using System.Threading.Tasks.Sources;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Calls;

/// <summary>Where the one producer of a stream waits until what it sent last is on its way. As a work item it lets the producer go on.</summary>
internal sealed class SendGate : IValueTaskSource, IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _source;
    private bool _open;
    private bool _waiting;
    private bool _shut;

    /// <summary>Lets the producer go on when it next waits, or now: then the caller sees to it that this runs.</summary>
    public IThreadPoolWorkItem? Open() => Release(shut: false) ? this : null;

    /// <summary>The stream is over: nobody waits here any more.</summary>
    public void Shut()
    {
        if (Release(shut: true))
        {
            ReadyWork.Queue(this);
        }
    }

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

    void IThreadPoolWorkItem.Execute() => _source.SetResult(true);

    private bool Release(bool shut)
    {
        lock (_lock)
        {
            _shut |= shut;
            if (!_waiting)
            {
                _open = true;
                return false;
            }

            _waiting = false;
            return true;
        }
    }
}
