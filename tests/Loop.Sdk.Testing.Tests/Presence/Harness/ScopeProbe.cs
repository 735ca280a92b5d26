using Loop.Sdk.Presence;

namespace Loop.Sdk.Testing.Tests.Presence.Harness;

/// <summary>What somebody who watches a scope knows, by what they were told and nothing else. Every change is checked against what changes promise.</summary>
internal sealed class ScopeProbe : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PresenceMember> _members = [];
    private readonly List<string> _told = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private TaskCompletionSource _changed = NewSource();
    private Exception? _error;
    private bool _isFirst = true;

    public ScopeProbe(PresenceScope scope) => _running = Task.Run(() => RunAsync(scope));

    public PresenceChange? Last { get; private set; }

    /// <summary>What changed: <c>*</c> for the first, <c>+user</c>, <c>~user</c>, <c>-user Reason</c>, <c>in user</c>, <c>out user</c>.</summary>
    public string Told
    {
        get
        {
            lock (_lock)
            {
                return string.Join(' ', _told);
            }
        }
    }

    /// <summary>Everybody, with their data: <c>user{"a":1}</c>.</summary>
    public string Shown
    {
        get
        {
            lock (_lock)
            {
                return string.Join(' ', _members.Values.Select(static member => member.User + member.Data?.GetRawText()).Order(StringComparer.Ordinal));
            }
        }
    }

    public IReadOnlyDictionary<string, PresenceMember> Members
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, PresenceMember>(_members);
            }
        }
    }

    /// <summary>Waits until what is shown is as wanted.</summary>
    public async Task UntilAsync(Func<ScopeProbe, bool> wanted)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_error is not null)
                {
                    throw _error;
                }

                if (wanted(this))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed;
        }
    }

    public Task UntilShownAsync(string shown) => UntilAsync(probe => probe.Last is not null && probe.Shown == shown);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(PresenceScope scope)
    {
        try
        {
            await foreach (var change in scope.ChangesAsync(_stop.Token))
            {
                lock (_lock)
                {
                    Take(change);
                    _changed.TrySetResult();
                    _changed = NewSource();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                _error = exception;
                _changed.TrySetResult();
            }
        }
    }

    private void Take(PresenceChange change)
    {
        Assert.AreEqual(_isFirst, change.IsFirst);
        Assert.AreEqual(change.IsPartial, change.IsPartial && change.Entered.Count + change.Updated.Count + change.Left.Count == 0, "A scope in part names nobody.");
        Assert.IsTrue(
            change.IsFirst || change.IsPartial || (Last?.IsPartial ?? false) || change.Counts != Last!.Counts || change.Entered.Count + change.Updated.Count + change.Left.Count > 0,
            "Nothing was told.");
        _isFirst = false;
        var users = Users();
        if (change.IsFirst)
        {
            _told.Add("*");
        }

        foreach (var gone in change.Left)
        {
            Assert.IsTrue(_members.Remove(gone.Member.Id), "Somebody left whom nobody knew.");
            _told.Add($"-{gone.Member.User} {gone.Reason?.ToString() ?? "?"}");
        }

        foreach (var member in change.Entered)
        {
            Assert.IsTrue(_members.TryAdd(member.Id, member), "Somebody entered whom everybody knew.");
            _told.Add($"+{member.User}");
        }

        foreach (var member in change.Updated)
        {
            Assert.AreNotEqual(_members[member.Id], member, "An update changes nothing.");
            _members[member.Id] = member;
            _told.Add($"~{member.User}");
        }

        var now = Users();
        CollectionAssert.AreEquivalent(now.Except(users).ToArray(), change.UsersIn.ToArray());
        CollectionAssert.AreEquivalent(users.Except(now).ToArray(), change.UsersOut.ToArray());
        _told.AddRange(change.UsersIn.Select(static user => $"in {user}").Concat(change.UsersOut.Select(static user => $"out {user}")));
        if (!change.IsPartial)
        {
            Assert.AreEqual(new PresenceCounts(_members.Count, now.Count), change.Counts);
        }

        Last = change;
    }

    private HashSet<string> Users() => [.. _members.Values.Select(static member => member.User)];

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
