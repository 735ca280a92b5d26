using System.Runtime.InteropServices;
using Loop.Sdk.Channels;

namespace Loop.Sdk.Presence;

/// <summary>What one who watches knows of a scope. Gives the least that makes it what the server says.</summary>
internal sealed class KnownScope
{
    private readonly Dictionary<string, PresenceMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private PresenceCounts? _counts;
    private bool _isPartial;

    /// <summary>The server says everything anew.</summary>
    /// <returns>What is different; null if nothing is.</returns>
    public PresenceChange? Become(PresenceSnapshot snapshot)
    {
        var members = Received.Whole(Received.Some(snapshot).Members);
        var counts = Received.Some(snapshot.Counts);
        if (snapshot.IsPartial)
        {
            return Settle(new Difference(), counts, isPartial: true, sample: members);
        }

        var difference = new Difference();
        var coming = members.Select(static member => member.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _members.Values.Where(member => !coming.Contains(member.Id)).ToArray())
        {
            Remove(difference, gone.Id, reason: null);
        }

        foreach (var member in members)
        {
            Put(difference, member);
        }

        return Settle(difference, counts, isPartial: false, sample: null);
    }

    /// <summary>The server says what has changed.</summary>
    /// <returns>What is different; null if nothing is.</returns>
    public PresenceChange? Apply(PresenceDiff diff)
    {
        var difference = new Difference();
        foreach (var gone in Received.Whole(Received.Some(diff).Left ?? []))
        {
            Remove(difference, gone.Id, gone.Reason);
        }

        foreach (var member in Received.Whole(diff.Entered ?? []).Concat(Received.Whole(diff.Updated ?? [])))
        {
            Put(difference, member);
        }

        return Settle(difference, Received.Some(diff.Counts), _isPartial, sample: null);
    }

    private void Put(Difference difference, PresenceMember member)
    {
        if (!_members.TryGetValue(member.Id, out var known))
        {
            difference.Entered.Add(member);
            Count(difference, member.User, 1);
        }
        else if (known != member)
        {
            difference.Updated.Add(member);
        }

        _members[member.Id] = member;
    }

    private void Remove(Difference difference, string id, LeaveReason? reason)
    {
        if (_members.Remove(id, out var known))
        {
            difference.Left.Add(new(known, reason));
            Count(difference, known.User, -1);
        }
    }

    private void Count(Difference difference, string user, int by)
    {
        difference.Before.TryAdd(user, _users.GetValueOrDefault(user));
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_users, user, out _);
        count += by;
        if (count == 0)
        {
            _users.Remove(user);
        }
    }

    private PresenceChange? Settle(Difference difference, PresenceCounts counts, bool isPartial, IReadOnlyList<PresenceMember>? sample)
    {
        var isFirst = _counts is null;
        var isSame = counts == _counts && isPartial == _isPartial && sample is null;
        (_counts, _isPartial) = (counts, isPartial);
        return isSame && difference.IsEmpty ? null : new PresenceChange
        {
            IsFirst = isFirst,
            Entered = difference.Entered,
            Updated = difference.Updated,
            Left = difference.Left,
            UsersIn = [.. difference.Before.Where(user => user.Value == 0 && _users.ContainsKey(user.Key)).Select(static user => user.Key)],
            UsersOut = [.. difference.Before.Where(user => user.Value > 0 && !_users.ContainsKey(user.Key)).Select(static user => user.Key)],
            Counts = counts,
            IsPartial = isPartial,
            Sample = sample,
        };
    }

    private sealed class Difference
    {
        public List<PresenceMember> Entered { get; } = [];

        public List<PresenceMember> Updated { get; } = [];

        public List<DepartedPresence> Left { get; } = [];

        /// <summary>How many members those users had who have more or fewer now.</summary>
        public Dictionary<string, int> Before { get; } = new(StringComparer.Ordinal);

        public bool IsEmpty => Entered.Count + Updated.Count + Left.Count == 0;
    }
}
