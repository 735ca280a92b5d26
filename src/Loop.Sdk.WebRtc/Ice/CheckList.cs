using System.Runtime.InteropServices;
using System.Text;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>One ICE session: the credentials and candidates of both ends, and the pairs made of them, best first. After a restart there is a second one until the first is no longer needed.</summary>
internal sealed class CheckList(IceCredentials local)
{
    private readonly List<LocalCandidate> _locals = [];
    private readonly List<RemoteCandidate> _remotes = [];
    private readonly List<CandidatePair> _pairs = [];
    private readonly byte[] _localPrefix = Encoding.ASCII.GetBytes(local.UsernameFragment + ":");

    public IceCredentials Local { get; } = local;

    public IceCredentials? Remote { get; private set; }

    /// <summary>What checks to the peer carry: its name, then this end's.</summary>
    public byte[] Username { get; private set; } = [];

    public bool IsRemoteLite { get; private set; }

    public bool HasAllLocals { get; set; }

    public bool HasAllRemotes { get; set; }

    /// <summary>When checks could start; <see cref="long.MaxValue"/> while they cannot.</summary>
    public long StartedAt { get; private set; } = long.MaxValue;

    /// <summary>When the first pair carried something both ways.</summary>
    public long FirstValidAt { get; set; } = long.MaxValue;

    /// <summary>The pair that was nominated.</summary>
    public CandidatePair? Selected { get; set; }

    public bool HasFailed { get; set; }

    public ReadOnlySpan<CandidatePair> Pairs => CollectionsMarshal.AsSpan(_pairs);

    /// <summary>The pair that data would take: the nominated one, or until then the best that works.</summary>
    public CandidatePair? Best
    {
        get
        {
            if (Selected is not null)
            {
                return Selected;
            }

            foreach (var pair in Pairs)
            {
                if (pair.State == PairState.Succeeded)
                {
                    return pair;
                }
            }

            return null;
        }
    }

    public bool AreAllFailed
    {
        get
        {
            foreach (var pair in Pairs)
            {
                if (pair.State != PairState.Failed)
                {
                    return false;
                }
            }

            return HasAllLocals && HasAllRemotes;
        }
    }

    /// <summary>Whether a check's user name means this session.</summary>
    public bool IsFor(ReadOnlySpan<byte> username) => username.StartsWith(_localPrefix);

    public void SetRemote(IceCredentials remote, bool isLite, long now)
    {
        Remote = remote;
        IsRemoteLite = isLite;
        Username = Encoding.ASCII.GetBytes($"{remote.UsernameFragment}:{Local.UsernameFragment}");
        StartedAt = now;

        // What came before the credentials may have been meant for others.
        foreach (var stale in _remotes.Where(known => known.Candidate.UsernameFragment is { } name && name != remote.UsernameFragment).ToList())
        {
            _remotes.Remove(stale);
            _pairs.RemoveAll(pair => pair.Remote == stale);
        }
    }

    public bool AddLocal(in Candidate candidate, int socket, IceRole role)
    {
        if (_locals.Count == IceTiming.MaxLocalCandidates || FindLocal(socket) is not null)
        {
            return false;
        }

        var added = new LocalCandidate(candidate, socket);
        _locals.Add(added);
        foreach (var remote in _remotes)
        {
            AddPair(added, remote, role);
        }

        return true;
    }

    public void RemoveLocal(int socket)
    {
        _locals.RemoveAll(known => known.Socket == socket);
        _pairs.RemoveAll(pair => pair.Local.Socket == socket);
        Selected = Selected?.Local.Socket == socket ? null : Selected;
    }

    /// <summary>Takes a candidate of the peer. One that was found by its checks gets the name that the peer has for it.</summary>
    public RemoteCandidate? AddRemote(in Candidate candidate, IceRole role)
    {
        if (FindRemote(candidate.Address) is { } known)
        {
            if (known.Candidate.Type == CandidateType.PeerReflexive && candidate.Type != CandidateType.PeerReflexive)
            {
                known.Candidate = candidate;
                SortPairs(role);
            }

            return known;
        }

        if (_remotes.Count == IceTiming.MaxRemoteCandidates)
        {
            return null;
        }

        var added = new RemoteCandidate(candidate);
        _remotes.Add(added);
        foreach (var mine in _locals)
        {
            AddPair(mine, added, role);
        }

        return added;
    }

    public LocalCandidate? FindLocal(int socket)
    {
        foreach (var known in _locals)
        {
            if (known.Socket == socket)
            {
                return known;
            }
        }

        return null;
    }

    public RemoteCandidate? FindRemote(in TransportAddress address)
    {
        foreach (var known in _remotes)
        {
            if (known.Candidate.Address == address)
            {
                return known;
            }
        }

        return null;
    }

    public CandidatePair? FindPair(int socket, in TransportAddress remote)
    {
        foreach (var pair in Pairs)
        {
            if (pair.IsOver(socket, remote))
            {
                return pair;
            }
        }

        return null;
    }

    public CandidatePair? FindPair(TransactionId id, out SentCheck check)
    {
        foreach (var pair in Pairs)
        {
            if (pair.TryFindSent(id, out check))
            {
                return pair;
            }
        }

        check = default;
        return null;
    }

    /// <summary>Puts the pairs in order, after priorities or the role have changed.</summary>
    public void SortPairs(IceRole role)
    {
        foreach (var pair in Pairs)
        {
            pair.SetPriority(role);
        }

        _pairs.Sort(static (left, right) => right.Priority.CompareTo(left.Priority));
    }

    /// <summary>Chooses the pair to check now: those that the peer has just checked, then those that are due again, then new ones, of each foundation one first.</summary>
    public CandidatePair? Pick(long now)
    {
        if (Remote is null || HasFailed)
        {
            return null;
        }

        CandidatePair? due = null;
        CandidatePair? next = null;
        foreach (var pair in Pairs)
        {
            if (pair.IsTriggered)
            {
                return pair;
            }

            if (pair.State == PairState.Waiting)
            {
                next = next is null || (next.IsBehind && !pair.IsBehind) ? pair : next;
            }
            else if (pair.NextCheck <= now && pair.State != PairState.Failed && !(pair.State == PairState.InProgress && pair.IsExhausted))
            {
                due ??= pair;
            }
        }

        return due ?? next;
    }

    /// <summary>Lets others of a pair's foundation wait while it is checked, or lets them go on once something is known of it.</summary>
    public void Hold(CandidatePair tried, bool behind)
    {
        foreach (var pair in Pairs)
        {
            if (pair.State == PairState.Waiting && pair.HasFoundationOf(tried))
            {
                pair.IsBehind = behind;
            }
        }
    }

    private void AddPair(LocalCandidate mine, RemoteCandidate theirs, IceRole role)
    {
        var (here, there) = (mine.Candidate.Address, theirs.Candidate.Address);
        if (here.IsV6 != there.IsV6 || here.IsLinkLocalV6 != there.IsLinkLocalV6)
        {
            return;
        }

        var added = new CandidatePair(mine, theirs);
        added.SetPriority(role);
        if (_pairs.Count == IceTiming.MaxPairs)
        {
            var last = _pairs.FindLastIndex(static pair => pair.State is PairState.Waiting or PairState.Failed && !pair.IsAuthenticated);
            if (last < 0 || _pairs[last].Priority >= added.Priority)
            {
                return;
            }

            _pairs.RemoveAt(last);
        }

        var place = _pairs.FindIndex(pair => pair.Priority < added.Priority);
        _pairs.Insert(place < 0 ? _pairs.Count : place, added);
    }
}
