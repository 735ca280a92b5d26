using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>One scope: who is in it, and the feed of that. Everything happens under the feed's lock, so that the feed, the hooks and the other nodes are told in one order.</summary>
internal sealed partial class ScopeHub : IDisposable
{
    private const int IdBytes = 12;

    private readonly PresenceCore _core;
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<(string User, string InstanceKey), string> _instances = [];
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private readonly FeedSource<PresenceSnapshot, PresenceDiff> _feed;

    public ScopeHub(PresenceCore core, ScopeName scope)
    {
        _core = core;
        Scope = scope;
        _feed = new(TakeSnapshot, Show, new FeedOptions { HistoryCount = core.Options.HistoryCount });
    }

    public ScopeName Scope { get; }

    /// <summary>How many use it at the moment. Counted under the table's lock.</summary>
    public int Uses { get; set; }

    public int MemberCount
    {
        get
        {
            lock (Lock)
            {
                return _members.Count;
            }
        }
    }

    public IFeed<PresenceSnapshot, PresenceDiff> Feed => _feed;

    private Lock Lock => _feed.Hub.Lock;

    private PresenceCounts Counts => new(_members.Count, _users.Count);

    /// <summary>Who is there at this moment, also if those who watch have not heard of it yet.</summary>
    public PresenceSnapshot Read()
    {
        lock (Lock)
        {
            return _dirty.Count == 0 ? _feed.Snapshot : SnapshotOf(_members.Values.Select(static member => member.Shown), _members.Count, Counts);
        }
    }

    /// <summary>Lets a session enter.</summary>
    /// <param name="entry">The session's place, which gets its id.</param>
    /// <param name="replaced">Whose place it took, if that is another session's of this node.</param>
    /// <returns>The member; null if the scope is full.</returns>
    public Member? Enter(Membership entry, out Membership? replaced)
    {
        lock (Lock)
        {
            replaced = null;
            Member member;
            if (_instances.TryGetValue((entry.Grant.User, entry.InstanceKey), out var known))
            {
                var before = _members[known];
                replaced = before.Local;
                member = With(before, entry.Data) with
                {
                    Local = entry,
                    Node = null,
                    Version = before.Version.Claimed(_core.Time.GetUtcNow()),
                    HasMoved = before.HasMoved || before.Local is null,
                };
            }
            else if (_members.Count < _core.Options.MaxMembers)
            {
                member = NewMember(entry, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)), default);
            }
            else
            {
                return null;
            }

            entry.Id = member.Id;
            Put(member);
            Settle();
            return member;
        }
    }

    /// <summary>Lets a session that was lost be again the member that it was. False if there is no place, or its client came back otherwise.</summary>
    public bool Return(Membership entry)
    {
        lock (Lock)
        {
            if (_members.Count >= _core.Options.MaxMembers || _members.ContainsKey(entry.Id) || _instances.ContainsKey((entry.Grant.User, entry.InstanceKey)))
            {
                return false;
            }

            Put(NewMember(entry, entry.Id, entry.Version));
            Settle();
            return true;
        }
    }

    /// <summary>Gives a session's member other data. False if it is none.</summary>
    public bool Update(Membership entry, JsonElement? data)
    {
        lock (Lock)
        {
            if (!TryFind(entry, out var member))
            {
                return false;
            }

            entry.Data = data;
            var updated = With(member, data);
            if (!ReferenceEquals(updated, member))
            {
                Put(updated with { Version = member.Version.Changed() });
                Settle();
            }

            return true;
        }
    }

    /// <summary>Ends a session's membership. False if it is over.</summary>
    public bool Leave(Membership entry, LeaveReason reason)
    {
        lock (Lock)
        {
            if (!TryFind(entry, out var member))
            {
                return false;
            }

            entry.Version = member.Version;
            Remove(member, reason);
            Settle();
            return true;
        }
    }

    /// <summary>Removes a member, or all members of the same user. Those of other nodes are named only: their own node removes them.</summary>
    /// <returns>What was or is to be removed; null if nobody has that id.</returns>
    public IReadOnlyList<Member>? Kick(string id, bool wholeUser)
    {
        lock (Lock)
        {
            if (!_members.TryGetValue(id, out var named))
            {
                return null;
            }

            List<Member> kicked = wholeUser ? [.. _members.Values.Where(member => member.Shown.User == named.Shown.User)] : [named];
            foreach (var member in kicked.Where(static member => member.Local is not null))
            {
                Remove(member, LeaveReason.Kicked);
            }

            Settle();
            return kicked;
        }
    }

    public void Dispose()
    {
        lock (Lock)
        {
            _timer?.Dispose();
            _timer = null;
        }

        _feed.Dispose();
    }

    private static Member With(Member member, JsonElement? data) =>
        RawJson.AreSame(member.Shown.Data, data) ? member : member with { Shown = member.Shown with { Data = data } };

    private Member NewMember(Membership entry, string id, MemberVersion before)
    {
        var now = _core.Time.GetUtcNow();
        return new()
        {
            Shown = new PresenceMember { Id = id, User = entry.Grant.User, Data = entry.Data, EnteredAt = now },
            InstanceKey = entry.InstanceKey,
            Local = entry,
            Version = before.Claimed(now),
        };
    }

    private bool TryFind(Membership entry, out Member member) => _members.TryGetValue(entry.Id, out member!) && member.Local == entry;

    private void Put(Member member)
    {
        var before = _members.GetValueOrDefault(member.Id);
        _members[member.Id] = member;
        if (!_instances.TryGetValue(member.Owner, out var other) || IsNewer(member, _members[other]))
        {
            _instances[member.Owner] = member.Id;
        }

        if (before is null)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_users, member.Shown.User, out _)++;
            _core.Hooks.Entered(Scope, member, isFirst: _members.Count == 1);
            _dirty[member.Id] = default;
        }
        else if (!ReferenceEquals(before.Shown, member.Shown))
        {
            _core.Hooks.Updated(Scope, member);
            _dirty[member.Id] = default;
        }

        if (member.Node is null)
        {
            _core.Nodes?.Put(Scope, member);
        }
    }

    // Two nodes have two members of one client, until they have heard of each other. The later one counts.
    private static bool IsNewer(Member member, Member other) =>
        member.Version.CompareTo(other.Version) is var order && (order > 0 || (order == 0 && string.CompareOrdinal(member.Id, other.Id) > 0));

    private void Remove(Member member, LeaveReason reason)
    {
        _members.Remove(member.Id);
        if (_instances.GetValueOrDefault(member.Owner) == member.Id)
        {
            _instances.Remove(member.Owner);
        }

        ref var sessions = ref CollectionsMarshal.GetValueRefOrNullRef(_users, member.Shown.User);
        if (--sessions == 0)
        {
            _users.Remove(member.Shown.User);
        }

        _core.Hooks.Left(Scope, member, reason, isLast: _members.Count == 0);
        _core.Nodes?.Removed(Scope, member, reason);
        _dirty[member.Id] = reason;
    }
}
