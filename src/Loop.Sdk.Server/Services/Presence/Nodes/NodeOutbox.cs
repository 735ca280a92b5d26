using System.Text.Json;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Server.Presence;

/// <summary>
/// What this node tells the others, one message after the other. Changes are numbered when they are sent. If they come faster than they can be sent for long, they are thrown away, and a
/// number with them: the others notice, and ask for everything.
/// </summary>
internal sealed class NodeOutbox
{
    private const int MostWaiting = 10_000;
    private const int MostInMessage = 128;

    private readonly PresenceCore _core;
    private readonly IPresenceBackplane _backplane;
    private readonly string _node;
    private readonly Pump _pump;
    private readonly Lock _lock = new();
    private readonly Queue<NodeChange> _changes = [];
    private readonly Queue<NodeMessage> _notes = [];
    private bool _isWholeAsked;
    private bool _skip;
    private long _number;
    private CancellationToken _stop;

    public NodeOutbox(PresenceCore core, IPresenceBackplane backplane, string node)
    {
        _core = core;
        _backplane = backplane;
        _node = node;
        _pump = new Pump(SendAllAsync);
    }

    /// <summary>From now on until it is told to stop.</summary>
    public void Start(CancellationToken stop)
    {
        _stop = stop;
        Add(new NodeMessage { Node = _node, Greets = true });
    }

    /// <summary>Tells a change. Called under the scope's lock, so that the order is the scope's.</summary>
    public void Add(NodeChange change)
    {
        lock (_lock)
        {
            if (_changes.Count == MostWaiting)
            {
                _changes.Clear();
                _skip = true;
            }

            _changes.Enqueue(change);
        }

        _pump.Signal();
    }

    /// <summary>Tells something that is no change; its number is put in when it is sent.</summary>
    public void Add(NodeMessage note)
    {
        lock (_lock)
        {
            _notes.Enqueue(note);
        }

        _pump.Signal();
    }

    /// <summary>Tells everything. Asked for several times, it is told once.</summary>
    public void AddWhole()
    {
        lock (_lock)
        {
            _isWholeAsked = true;
        }

        _pump.Signal();
    }

    /// <summary>Says goodbye, after it was told to stop.</summary>
    public Task CloseAsync() => PublishAsync(new NodeMessage { Node = _node, Leaves = true }, CancellationToken.None);

    private async Task SendAllAsync()
    {
        while (!_stop.IsCancellationRequested && TakeNext() is { } messages)
        {
            foreach (var message in messages)
            {
                await PublishAsync(message, _stop).ConfigureAwait(false);
            }
        }
    }

    private IEnumerable<NodeMessage>? TakeNext()
    {
        lock (_lock)
        {
            if (_notes.TryDequeue(out var note))
            {
                return [note with { Number = _number }];
            }

            if (_isWholeAsked)
            {
                _isWholeAsked = false;
                return Whole(_number);
            }

            if (_changes.Count == 0)
            {
                return null;
            }

            _number += _skip ? 2 : 1;
            _skip = false;
            var changes = new NodeChange[Math.Min(_changes.Count, MostInMessage)];
            for (var index = 0; index < changes.Length; index++)
            {
                changes[index] = _changes.Dequeue();
            }

            return [new NodeMessage { Node = _node, Number = _number, Changes = changes }];
        }
    }

    // Read afterwards, and without the lock: what is newer than the number does no harm, since it is newer.
    private IEnumerable<NodeMessage> Whole(long number)
    {
        List<NodeChange[]> parts = [.. _core.Scopes.All
            .SelectMany(static hub => hub.LocalMembers.Select(member => NodeChange.Of(hub.Scope, member)))
            .Chunk(MostInMessage)];
        if (parts.Count == 0)
        {
            parts.Add([]);
        }

        _core.Metrics.SentWhole();
        for (var part = 0; part < parts.Count; part++)
        {
            yield return new NodeMessage { Node = _node, Number = number, Whole = new NodeWhole(part, parts.Count, parts[part]) };
        }
    }

    private async Task PublishAsync(NodeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _backplane.PublishAsync(JsonSerializer.SerializeToUtf8Bytes(message, NodeJson.Default.NodeMessage), cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What could not be sent is missing, and will be asked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                _core.Log.PublishFailed(exception);
            }
        }
    }
}
