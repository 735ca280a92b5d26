using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>What other nodes say of the scope.</summary>
internal sealed partial class ScopeHub
{
    /// <summary>The members of this node's sessions.</summary>
    public IReadOnlyList<Member> LocalMembers
    {
        get
        {
            lock (Lock)
            {
                return [.. _members.Values.Where(static member => member.Local is not null)];
            }
        }
    }

    /// <summary>Whether a member is there.</summary>
    public bool Has(string id)
    {
        lock (Lock)
        {
            return _members.ContainsKey(id);
        }
    }

    /// <summary>Another node has a member, or has changed it.</summary>
    /// <returns>A session's place here that is no longer its own, since its client has come to the other node.</returns>
    public Membership? PutRemote(Member member)
    {
        lock (Lock)
        {
            if (_core.Nodes!.IsOutdated(member))
            {
                return null;
            }

            var replaced = TakeSuperseded(member);
            if (_members.TryGetValue(member.Id, out var known))
            {
                if (!Follows(member, known))
                {
                    return null;
                }

                replaced ??= known.Local;
                Put(known.Shown == member.Shown ? member with { Shown = known.Shown } : member);
            }
            else
            {
                Put(member);
            }

            Settle();
            return replaced;
        }
    }

    /// <summary>A member of another node is gone.</summary>
    public void RemoveRemote(string id, MemberVersion version, LeaveReason reason)
    {
        lock (Lock)
        {
            if (_members.TryGetValue(id, out var known) && known.Local is null && known.Version.CompareTo(version) <= 0)
            {
                Remove(known, reason);
                Settle();
            }
        }
    }

    /// <summary>Another node has these members and no others.</summary>
    /// <returns>How many it has no longer.</returns>
    public int RetainRemote(string node, IReadOnlySet<string> ids)
    {
        lock (Lock)
        {
            List<Member> gone = [.. _members.Values.Where(member => member.Node == node && !ids.Contains(member.Id))];
            gone.ForEach(member => Remove(member, LeaveReason.Expired));
            Settle();
            return gone.Count;
        }
    }

    // Two of one version are made only by a client that came to two nodes at the same tick: then all nodes choose the same.
    private bool Follows(Member member, Member known) => member.Version.CompareTo(known.Version) is var order
        && (order > 0 || (order == 0 && known.Node != member.Node && string.CompareOrdinal(member.Node, known.Node ?? _core.Nodes!.Id) > 0));

    // The client came to the other node, which had not heard of its member here.
    private Membership? TakeSuperseded(Member member)
    {
        if (!_instances.TryGetValue(member.Owner, out var id) || id == member.Id || _members[id] is not { Local: { } local } older || !IsNewer(member, older))
        {
            return null;
        }

        Remove(older, LeaveReason.Lost);
        return local;
    }
}
