using Loop.Sdk.Push;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Push;

/// <summary>
/// The way of messages to one connected agent. The store is its queue: what is in memory is a page that was read, and a few messages that came since; whatever does not fit is read
/// again later. One reader takes, anybody offers.
/// </summary>
/// <remarks>
/// A sequence is either at most <see cref="_covered"/>, and then it comes from the store, or above it, and then it was offered, or <see cref="_missed"/> says that a pass through the
/// store is due. The route is known to those who post before its first pass reads how far the store goes: so there is no message that neither sees.
/// </remarks>
internal sealed class PushRoute(PushCore core, string agent, PushUrgency urgency, int pageSize)
{
    private const int MaxLive = 64;
    private const int MaxLiveBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly LinkedList<PushMessageRecord> _page = [];
    private readonly LinkedList<PushMessageRecord> _live = [];

    // What was taken and not acknowledged: it does not come again on this route.
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    // What ended while a page was being read, which may still have it.
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    private TaskCompletionSource _change = NewChange();
    private PushUrgency _urgency = urgency;
    private string? _over;
    private long _covered;
    private long _passStart;
    private PushCursor? _pass;
    private bool _missed = true;
    private bool _held;
    private int _liveBytes;

    /// <summary>Offers a message that was posted just now. What has no place stays in the store, if it is there.</summary>
    /// <returns>Whether it is on its way.</returns>
    public bool Offer(PushMessageRecord message)
    {
        lock (_lock)
        {
            if (_over is not null || (message.Sequence > 0 && message.Sequence <= _covered))
            {
                return _over is null;
            }

            var isIdle = _page.Count == 0 && _live.Count == 0 && _pass is null && !_missed;
            if (message.Urgency < _urgency && (isIdle || _held))
            {
                _held = true;
                return false;
            }

            // What waited for other traffic has it now.
            _missed |= _held;
            _held = false;
            if (_live.Count >= MaxLive || _liveBytes + message.Body.Length > MaxLiveBytes)
            {
                _missed |= message.Sequence > 0;
                return message.Sequence > 0;
            }

            _live.AddLast(message);
            _liveBytes += message.Body.Length;
            Change();
            return true;
        }
    }

    /// <summary>Takes a message back that was replaced or cancelled, unless it is on its way.</summary>
    public void Withdraw(string id)
    {
        lock (_lock)
        {
            Remove(_page, message => message.Id == id);
            Remove(_live, message => message.Id == id);
            _liveBytes = _live.Sum(static message => message.Body.Length);
            EndAll([id]);
        }
    }

    /// <summary>Says that messages need not come again, since they are no longer in the store.</summary>
    public void Acknowledge(IReadOnlyCollection<string> ids)
    {
        lock (_lock)
        {
            EndAll(ids);
        }
    }

    public void SetUrgency(PushUrgency least)
    {
        lock (_lock)
        {
            _missed |= _held && least < _urgency;
            _held &= !_missed;
            _urgency = least;
            Change();
        }
    }

    /// <summary>Ends the route: whoever takes gets this code.</summary>
    public void End(string code)
    {
        lock (_lock)
        {
            _over ??= code;
            Change();
        }
    }

    /// <summary>Wakes whoever takes, to look again whether it may read.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            Change();
        }
    }

    /// <summary>Takes the next message, and waits for it.</summary>
    /// <param name="mayRead">Whether a further page may be read from the store now; asked again after each change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">The code that the route ended with; <c>store_unavailable</c>.</exception>
    public async ValueTask<TakenMessage> TakeAsync(Func<bool> mayRead, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            bool isReading;
            lock (_lock)
            {
                if (_over is not null)
                {
                    throw PushErrors.Of(_over);
                }

                var isFull = _taken.Count >= core.Options.MaxUnacknowledged;
                if (!isFull && TryTake(_page, isStored: true, out var taken))
                {
                    return taken;
                }

                // What is live waits for the pass through the store, unless that may not go on.
                isReading = !isFull && (_pass is not null || _missed) && mayRead();
                if (!isFull && !isReading && TryTake(_live, isStored: false, out taken))
                {
                    return taken;
                }

                change = _change.Task;
            }

            if (isReading)
            {
                await ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await change.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool TryTake(LinkedList<PushMessageRecord> messages, bool isStored, out TakenMessage taken)
    {
        while (messages.First?.Value is { } message)
        {
            messages.RemoveFirst();
            _liveBytes -= isStored ? 0 : message.Body.Length;
            if (IsWanted(message))
            {
                taken = new(message, isStored);
                return true;
            }
        }

        taken = default;
        return false;
    }

    private bool IsWanted(PushMessageRecord message) =>
        message.Sequence == 0 || (message.ExpiresAt > core.Now && !_ended.Contains(message.Id) && _taken.Add(message.Id));

    private void EndAll(IReadOnlyCollection<string> ids)
    {
        _taken.ExceptWith(ids);
        if (_pass is null && _page.Count == 0)
        {
            _ended.Clear();
        }
        else
        {
            _ended.UnionWith(ids);
        }

        Change();
    }

    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        if (_pass is null && !await TryBeginPassAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var from = _pass!.Value;
        var page = await core.Storage.Messages.ReadAsync(agent, from, _covered, pageSize, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            foreach (var message in page)
            {
                _page.AddLast(message);
            }

            _pass = page.Count == pageSize ? page[^1].Cursor : from.IsPlain ? null : new PushCursor(IsPlain: true, _passStart);
        }
    }

    private async ValueTask<bool> TryBeginPassAsync(CancellationToken cancellationToken)
    {
        PushUrgency least;
        lock (_lock)
        {
            least = _urgency;
            _missed = false;
            _held = least > PushUrgency.VeryLow;
        }

        if (least > PushUrgency.VeryLow && !await core.Storage.Messages.HasUrgentAsync(agent, least, core.Now, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var head = await core.Storage.Messages.HeadAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _held = false;
            _missed = false;
            _passStart = _covered;
            _covered = head;
            _pass = new PushCursor(IsPlain: false, _passStart);
            Remove(_live, message => message.Sequence > 0 && message.Sequence <= head);
            _liveBytes = _live.Sum(static message => message.Body.Length);
        }

        return true;
    }

    private static void Remove(LinkedList<PushMessageRecord> messages, Func<PushMessageRecord, bool> isOver)
    {
        for (var node = messages.First; node is not null;)
        {
            var next = node.Next;
            if (isOver(node.Value))
            {
                messages.Remove(node);
            }

            node = next;
        }
    }

    private void Change()
    {
        _change.TrySetResult();
        _change = NewChange();
    }
}
