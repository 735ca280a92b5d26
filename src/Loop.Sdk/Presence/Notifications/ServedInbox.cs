using System.Runtime.CompilerServices;
using Loop.Sdk.Channels;

namespace Loop.Sdk.Presence;

/// <summary>The real inbox: what the server calls, and where the application reads. Of each channel there is one.</summary>
internal sealed class ServedInbox(PresenceClientOptions options) : NotificationInbox, INotifications, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<WaitingNotification> _waiting = [];
    private readonly RecentIds _taken = new(options.RememberedNotifications);
    private readonly CancellationTokenSource _closed = new();
    private TaskCompletionSource _arrived = NewSource();
    private int _readers;

    /// <exception cref="InvalidOperationException">The application serves the contract itself.</exception>
    public static ServedInbox Create(FeatureContext context, PresenceClientOptions options)
    {
        var inbox = new ServedInbox(options);
        try
        {
            context.Serve<INotifications>(inbox);
            return inbox;
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException("The application serves notifications itself.", exception);
        }
    }

    public async Task DeliverAsync(Notification notification, CancellationToken cancellationToken = default)
    {
        WaitingNotification? waiting;
        lock (_lock)
        {
            if (_taken.Has(notification.Id))
            {
                return;
            }

            waiting = Expect(notification);
            waiting.Deliveries++;
            _arrived.TrySetResult();
        }

        try
        {
            await waiting.Taken.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // What the server does not wait for any more goes elsewhere.
            lock (_lock)
            {
                if (--waiting.Deliveries == 0)
                {
                    _waiting.Remove(waiting);
                }
            }
        }
    }

    public override async IAsyncEnumerable<Notification> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        Begin();
        try
        {
            while (!_closed.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var next = Take(out var arrived);
                if (next is not null)
                {
                    yield return next;
                    continue;
                }

                await arrived.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            End();
        }
    }

    public async ValueTask DisposeAsync() => await _closed.CancelAsync().ConfigureAwait(false);

    // The lock is held.
    private WaitingNotification Expect(Notification notification)
    {
        if (_readers == 0)
        {
            throw NotRead();
        }

        if (_waiting.FirstOrDefault(waiting => waiting.Notification.Id == notification.Id) is { } known)
        {
            return known;
        }

        if (_waiting.Count >= options.MaxWaitingNotifications)
        {
            throw new LoopException(ErrorCodes.ResourceExhausted, "Too many notifications wait to be taken.") { Retryable = true };
        }

        return _waiting.AddLast(new WaitingNotification(notification)).Value;
    }

    private Notification? Take(out Task arrived)
    {
        lock (_lock)
        {
            if (_waiting.First?.Value is { } next)
            {
                _waiting.RemoveFirst();
                _taken.Add(next.Notification.Id);
                next.Taken.TrySetResult();
                arrived = Task.CompletedTask;
                return next.Notification;
            }

            if (_arrived.Task.IsCompleted)
            {
                _arrived = NewSource();
            }

            arrived = _arrived.Task;
            return null;
        }
    }

    private void Begin()
    {
        lock (_lock)
        {
            _readers++;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_readers > 0)
            {
                return;
            }

            foreach (var waiting in _waiting)
            {
                waiting.Taken.TrySetException(NotRead());
            }

            _waiting.Clear();
        }
    }

    private static LoopException NotRead() => new(ErrorCodes.Unavailable, "Nobody reads notifications here.") { Retryable = true };

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
