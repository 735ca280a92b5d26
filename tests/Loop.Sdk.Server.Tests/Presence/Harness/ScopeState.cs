using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Presence.Harness;

/// <summary>What somebody who watches a scope knows, and was told. Every step is checked against what diffs promise.</summary>
internal sealed class ScopeState
{
    private readonly Dictionary<string, PresenceMember> _members;

    private ScopeState(Dictionary<string, PresenceMember> members, PresenceCounts counts, bool isPartial, IReadOnlyList<string> events)
    {
        _members = members;
        Counts = counts;
        IsPartial = isPartial;
        Events = events;
        if (!isPartial)
        {
            Assert.HasCount(counts.Members, members);
            Assert.AreEqual(counts.Users, members.Values.Select(static member => member.User).Distinct().Count());
        }
    }

    public static ScopeState Empty { get; } = new([], new(0, 0), false, []);

    public IReadOnlyDictionary<string, PresenceMember> Members => _members;

    public PresenceCounts Counts { get; }

    public bool IsPartial { get; }

    /// <summary>What changed, and in which diff: <c>+user</c>, <c>~user</c>, <c>-user reason</c>, <c>in user</c>, <c>out user</c>, <c>|</c> between diffs.</summary>
    public IReadOnlyList<string> Events { get; }

    public string Told => string.Join(' ', Events);

    public static FeedProbe<ScopeState> Probe(IFeed<PresenceSnapshot, PresenceDiff> feed) =>
        FeedProbe.Of(feed, Empty, static (state, snapshot) => state.Begin(snapshot), static (state, diff) => state.Apply(diff));

    public ScopeState Begin(PresenceSnapshot snapshot) =>
        new(snapshot.Members.ToDictionary(static member => member.Id), snapshot.Counts, snapshot.IsPartial, [.. Events, "*"]);

    public ScopeState Apply(PresenceDiff diff)
    {
        var members = new Dictionary<string, PresenceMember>(_members);
        List<string> events = [.. Events];
        foreach (var gone in diff.Left ?? [])
        {
            Assert.IsTrue(members.Remove(gone.Id, out var known), "A diff removes whom nobody knew.");
            Assert.AreEqual(known.User, gone.User);
            events.Add($"-{gone.User} {gone.Reason}");
        }

        foreach (var member in diff.Entered ?? [])
        {
            Assert.IsTrue(members.TryAdd(member.Id, member), "A diff adds whom everybody knew.");
            events.Add($"+{member.User}");
        }

        foreach (var member in diff.Updated ?? [])
        {
            Assert.IsTrue(members.ContainsKey(member.Id), "A diff updates whom nobody knew.");
            members[member.Id] = member;
            events.Add($"~{member.User}");
        }

        foreach (var user in diff.UsersIn ?? [])
        {
            Assert.IsTrue(_members.Values.All(member => member.User != user) && members.Values.Any(member => member.User == user));
            events.Add($"in {user}");
        }

        foreach (var user in diff.UsersOut ?? [])
        {
            Assert.IsTrue(_members.Values.Any(member => member.User == user) && members.Values.All(member => member.User != user));
            events.Add($"out {user}");
        }

        if (IsPartial)
        {
            Assert.AreEqual(Events.Count, events.Count, "Only counts are told of a scope that is shown in part.");
        }

        events.Add("|");
        return new(members, diff.Counts, IsPartial, events);
    }
}
