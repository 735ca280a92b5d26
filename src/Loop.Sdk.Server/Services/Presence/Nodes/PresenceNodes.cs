using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>
/// This node among the others. Every node knows all members; each tells of its own sessions' only. Messages are numbered by their sender: what is missing is noticed by the next one, at the
/// latest by the announcement that says that the node lives, and everything is asked for. A node that is not heard of for a lease has no members any more.
/// </summary>
internal sealed class PresenceNodes : IDisposable
{
    private const int IdBytes = 12;
    private const int TicksInRenewal = 10;
    private const int MostAccounts = 10_000;

    private static readonly HashSet<string> None = [];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly PresenceCore _core;
    private readonly IPresenceBackplane _backplane;
    private readonly NodeOutbox _outbox;
    private readonly MovedMembers _moved;

    // Taken before any scope's lock, never after one.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, NodeInbox> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeKick, long> _kicks = [];
    private readonly Dictionary<NodeAccount, long> _accounts = [];
    private ITimer? _timer;
    private long _announcedAt;

    public PresenceNodes(PresenceCore core, IPresenceBackplane backplane)
    {
        _core = core;
        _backplane = backplane;
        _outbox = new NodeOutbox(core, backplane, Id);
        _moved = new MovedMembers(core.Time, core.Options.NodeLease * 2);
    }

    /// <summary>This node's id.</summary>
    public string Id { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    public void Start(CancellationToken stop)
    {
        _ = Task.Run(() => ReceiveAllAsync(stop), CancellationToken.None);
        _announcedAt = _core.Time.GetTimestamp();
        _outbox.Start(stop);
        _timer = _core.Time.CreateTimer(static nodes => ((PresenceNodes)nodes!).Tick(), this, _core.Options.NodeRenewal / TicksInRenewal, _core.Options.NodeRenewal / TicksInRenewal);
    }

    /// <summary>Says goodbye, after it was told to stop.</summary>
    public Task CloseAsync()
    {
        Dispose();
        return _outbox.CloseAsync();
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>A member of this node's sessions is new or has changed. Called under the scope's lock.</summary>
    public void Put(ScopeName scope, Member member) => _outbox.Add(NodeChange.Of(scope, member));

    /// <summary>A member is gone. Called under the scope's lock.</summary>
    public void Removed(ScopeName scope, Member member, LeaveReason reason)
    {
        if (member.HasMoved)
        {
            _moved.Add(member);
        }

        if (member.Node is null)
        {
            _outbox.Add(NodeChange.Gone(scope, member, reason));
        }
    }

    /// <summary>Whether what a node says of a member is older than the member's end. Called under the scope's lock.</summary>
    public bool IsOutdated(Member member) => _moved.IsOutdated(member);

    /// <summary>Asks another node to remove a member, until it is gone.</summary>
    public void Kick(ScopeName scope, string node, string member)
    {
        var kick = new NodeKick(node, scope.Text, member);
        lock (_lock)
        {
            _kicks[kick] = _core.Time.GetTimestamp();
        }

        _outbox.Add(new NodeMessage { Node = Id, Kick = kick });
    }

    /// <summary>Has the others look at an account again. Told again at each renewal until a lease has passed, since messages get lost.</summary>
    public void Tell(NodeAccount account)
    {
        lock (_lock)
        {
            if (_accounts.Count < MostAccounts)
            {
                _accounts[account] = _core.Time.GetTimestamp();
            }
        }

        _outbox.Add(new NodeMessage { Node = Id, Account = account });
    }

    /// <summary>Takes a message of another node.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        NodeMessage? message;
        try
        {
            message = JsonSerializer.Deserialize(bytes, NodeJson.Default.NodeMessage);
        }
        catch (JsonException exception)
        {
            _core.Log.MessageMalformed(exception);
            return;
        }

        if (message is not null && message.Node != Id)
        {
            lock (_lock)
            {
                Receive(message);
            }
        }
    }

    private void Receive(NodeMessage message)
    {
        var inbox = InboxOf(message);
        if (message.Asks == Id)
        {
            _outbox.AddWhole();
        }

        if (message.Greets)
        {
            _outbox.Add(new NodeMessage { Node = Id });
        }

        if (message.Kick is { } kick && kick.Node == Id)
        {
            _core.Kick(ScopeName.OfNode(kick.Scope), kick.Member, wholeUser: false);
        }

        if (message.Account is { } account)
        {
            _core.AccountChanged?.Invoke(account);
        }

        if (message.Whole is { } whole)
        {
            if (inbox.Take(message.Number, whole) is { } all)
            {
                ApplyWhole(inbox, all);
            }
        }
        else if (message.Changes is { } changes)
        {
            inbox.Take(message.Number, changes);
        }
        else
        {
            inbox.See(message.Number);
        }

        while (inbox.TryTakeNext(out var next))
        {
            foreach (var change in next)
            {
                Apply(inbox, change);
            }
        }

        // What came too early may only have overtaken what is missing: that is given until the next tick.
        if (inbox.IsUnknown)
        {
            Ask(inbox);
        }
    }

    private NodeInbox InboxOf(NodeMessage message)
    {
        if (!_nodes.TryGetValue(message.Node, out var inbox))
        {
            inbox = new NodeInbox(message.Node);
            _nodes.Add(message.Node, inbox);
            _core.Log.NodeFound(message.Node);
        }

        if (message.Leaves)
        {
            inbox.IsLeaving = true;
            inbox.ExpiresAt = In(_core.Options.Grace < _core.Options.NodeLease ? _core.Options.Grace : _core.Options.NodeLease);
        }
        else if (!inbox.IsLeaving)
        {
            inbox.ExpiresAt = In(_core.Options.NodeLease);
        }

        return inbox;
    }

    private void Apply(NodeInbox inbox, NodeChange change)
    {
        var scope = ScopeName.OfNode(change.Scope);
        if (change.Put is not { } shown)
        {
            _core.Scopes.Use(scope, change, static (hub, gone) =>
            {
                hub.RemoveRemote(gone.Id, gone.Version(), gone.Reason ?? LeaveReason.Expired);
                return true;
            });
            return;
        }

        var member = new Member { Shown = shown, InstanceKey = change.Key ?? "", Node = inbox.Node, Version = change.Version(), HasMoved = change.Moved };
        if (_core.Scopes.Use(scope, member, static (hub, member) => hub.PutRemote(member)) is { } replaced)
        {
            replaced.Session.Forget(replaced, isTakenOver: true);
        }
    }

    private void ApplyWhole(NodeInbox inbox, IEnumerable<NodeChange> members)
    {
        var ids = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var change in members)
        {
            if (!ids.TryGetValue(change.Scope, out var known))
            {
                ids.Add(change.Scope, known = []);
            }

            known.Add(change.Id);
            Apply(inbox, change);
        }

        Retain(inbox.Node, scope => ids.GetValueOrDefault(scope) ?? None);
    }

    private int Retain(string node, Func<string, IReadOnlySet<string>> idsIn) =>
        _core.Scopes.All.Sum(hub => _core.Scopes.Use(hub.Scope, (node, idsIn), static (hub, retain) => hub.RetainRemote(retain.node, retain.idsIn(hub.Scope.Text))));

    private void Ask(NodeInbox inbox)
    {
        if (!inbox.IsAsked)
        {
            inbox.IsAsked = true;
            _core.Log.NodeGap(inbox.Node);
            _outbox.Add(new NodeMessage { Node = Id, Asks = inbox.Node });
        }
    }

    private void Tick()
    {
        try
        {
            lock (_lock)
            {
                if (_core.Time.GetElapsedTime(_announcedAt) >= _core.Options.NodeRenewal)
                {
                    _announcedAt = _core.Time.GetTimestamp();
                    _outbox.Add(new NodeMessage { Node = Id });
                    RepeatAccounts();
                }

                foreach (var inbox in _nodes.Values.ToList())
                {
                    CheckUp(inbox);
                }

                RepeatKicks();
                _moved.Sweep();
            }
        }
#pragma warning disable CA1031 // An exception in a timer's callback would end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _core.Log.TickFailed(exception);
        }
    }

    private void CheckUp(NodeInbox inbox)
    {
        if (_core.Time.GetTimestamp() >= inbox.ExpiresAt)
        {
            _nodes.Remove(inbox.Node);
            _core.Log.NodeLost(inbox.Node, Retain(inbox.Node, static _ => None));
            return;
        }

        inbox.IsAsked = false;
        if (inbox.HasGap)
        {
            Ask(inbox);
        }
    }

    private void RepeatKicks()
    {
        foreach (var (kick, since) in _kicks.ToList())
        {
            if (_core.Time.GetElapsedTime(since) > _core.Options.NodeLease || _core.Scopes.Find(kick.Scope)?.Has(kick.Member) != true)
            {
                _kicks.Remove(kick);
            }
            else
            {
                _outbox.Add(new NodeMessage { Node = Id, Kick = kick });
            }
        }
    }

    private void RepeatAccounts()
    {
        foreach (var (account, since) in _accounts.ToList())
        {
            if (_core.Time.GetElapsedTime(since) > _core.Options.NodeLease)
            {
                _accounts.Remove(account);
            }
            else
            {
                _outbox.Add(new NodeMessage { Node = Id, Account = account });
            }
        }
    }

    private long In(TimeSpan time) => _core.Time.GetTimestamp() + (long)(time.TotalSeconds * _core.Time.TimestampFrequency);

    private async Task ReceiveAllAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var message in _backplane.ReceiveAsync(stop).ConfigureAwait(false))
                {
                    Receive(message.Span);
                }
            }
#pragma warning disable CA1031 // Whatever fails is tried again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (!stop.IsCancellationRequested)
                {
                    _core.Log.ReceiveFailed(exception);
                }
            }

            await Task.Delay(Pause, _core.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
