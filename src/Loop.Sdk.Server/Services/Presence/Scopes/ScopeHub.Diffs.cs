using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>
/// What those who watch are told. A diff is the difference between who is there and who was shown last: so whatever happened in between comes to the least that has to be said.
/// </summary>
internal sealed partial class ScopeHub
{
    private readonly Dictionary<string, PresenceMember> _shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LeaveReason> _dirty = new(StringComparer.Ordinal);
    private PresenceCounts _shownCounts = new(0, 0);
    private bool _isPartial;
    private ITimer? _timer;
    private bool _isScheduled;
    private long? _flushedAt;

    private TimeSpan Interval =>
        _isPartial ? _core.Options.PartialInterval : _feed.SubscriberCount >= _core.Options.ManyWatchers ? _core.Options.DiffInterval : TimeSpan.Zero;

    // Who is shown is changed by the feed only.
    private PresenceSnapshot TakeSnapshot() => SnapshotOf(_isPartial ? _members.Values.Select(static member => member.Shown) : _shown.Values, _shown.Count, _shownCounts);

    private PresenceSnapshot SnapshotOf(IEnumerable<PresenceMember> members, int count, PresenceCounts counts) => new()
    {
        Members = _isPartial ? [.. members.Take(_core.Options.Sample)] : ToArray(members, count),
        Counts = counts,
        IsPartial = _isPartial,
    };

    private static PresenceMember[] ToArray(IEnumerable<PresenceMember> members, int count)
    {
        var array = new PresenceMember[count];
        var index = 0;
        foreach (var member in members)
        {
            array[index++] = member;
        }

        return array;
    }

    /// <summary>Tells of what changed, at once or when it is time for that.</summary>
    private void Settle()
    {
        if (_dirty.Count == 0)
        {
            return;
        }

        if (_isPartial ? _members.Count <= _core.Options.MaxListed * 3L / 4 : _members.Count > _core.Options.MaxListed)
        {
            _isPartial = !_isPartial;
            ShowAnew();
            return;
        }

        var wait = _flushedAt is { } flushedAt ? Interval - _core.Time.GetElapsedTime(flushedAt) : TimeSpan.Zero;
        if (wait <= TimeSpan.Zero)
        {
            Flush();
        }
        else if (!_isScheduled)
        {
            _isScheduled = true;
            _timer ??= _core.Time.CreateTimer(static hub => ((ScopeHub)hub!).OnTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTime()
    {
        try
        {
            lock (Lock)
            {
                _isScheduled = false;
                if (_timer is not null)
                {
                    Flush();
                }
            }
        }
#pragma warning disable CA1031 // An exception in a timer's callback would end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _core.Log.TickFailed(exception);
        }
    }

    private void Flush()
    {
        // A diff that is as long as the list is worth nothing, and might be too long for a message.
        if (!_isPartial && _dirty.Count > _core.Options.MaxListed)
        {
            ShowAnew();
            return;
        }

        if ((_isPartial ? CountsOnly() : Difference()) is { } diff)
        {
            _feed.Publish(diff);
            _core.Metrics.Published();
        }

        _dirty.Clear();
        _flushedAt = _core.Time.GetTimestamp();
    }

    private void ShowAnew()
    {
        _dirty.Clear();
        _shown.Clear();
        if (!_isPartial)
        {
            foreach (var (id, member) in _members)
            {
                _shown.Add(id, member.Shown);
            }
        }

        _shownCounts = Counts;
        _feed.Hub.Reset();
        _flushedAt = _core.Time.GetTimestamp();
    }

    private PresenceDiff? CountsOnly() => Counts is var counts && counts != _shownCounts ? new PresenceDiff { Counts = counts } : null;

    private PresenceDiff? Difference()
    {
        List<PresenceMember>? entered = null, updated = null;
        List<DepartedMember>? left = null;
        var moves = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, reason) in _dirty)
        {
            var now = _members.GetValueOrDefault(id)?.Shown;
            var before = _shown.GetValueOrDefault(id);
            if (before is null && now is not null)
            {
                (entered ??= []).Add(now);
                moves[now.User] = moves.GetValueOrDefault(now.User) + 1;
            }
            else if (before is not null && now is null)
            {
                (left ??= []).Add(new(id, before.User, reason));
                moves[before.User] = moves.GetValueOrDefault(before.User) - 1;
            }
            else if (before is not null && now is not null && before != now)
            {
                (updated ??= []).Add(now);
            }
        }

        return (entered ?? updated ?? (object?)left) is null ? null : new PresenceDiff
        {
            Entered = entered,
            Updated = updated,
            Left = left,
            UsersIn = Users(moves, move => move.Now > 0 && move.Before == 0),
            UsersOut = Users(moves, move => move.Now == 0 && move.Before > 0),
            Counts = Counts,
        };
    }

    private List<string>? Users(Dictionary<string, int> moves, Func<(int Before, int Now), bool> which)
    {
        List<string>? users = null;
        foreach (var (user, difference) in moves)
        {
            var now = _users.GetValueOrDefault(user);
            if (which((now - difference, now)))
            {
                (users ??= []).Add(user);
            }
        }

        return users;
    }

    // What the feed calls to change its state.
    private void Show(PresenceDiff diff)
    {
        _shownCounts = diff.Counts;
        foreach (var member in diff.Left ?? [])
        {
            _shown.Remove(member.Id);
        }

        foreach (var member in (diff.Entered ?? []).Concat(diff.Updated ?? []))
        {
            _shown[member.Id] = member;
        }
    }
}
