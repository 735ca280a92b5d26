using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc;

/// <summary>Who is in the room, as the server last said, and the pairs that there are. Not safe for concurrent use.</summary>
internal sealed class MeshRoster
{
    private readonly Dictionary<string, Participant> _present = new(StringComparer.Ordinal);
    private readonly List<MeshPair> _pairs = [];

    /// <summary>Whether the server has said who is there.</summary>
    public bool IsKnown { get; private set; }

    public IEnumerable<Participant> Present => _present.Values;

    public IReadOnlyList<MeshPair> Pairs => _pairs;

    public int Count => _pairs.Count;

    public void Apply(FeedEvent<KeyedSnapshot<Participant>, KeyedChange<string, Participant>> @event)
    {
        if (@event.Kind == FeedEventKind.Snapshot)
        {
            IsKnown = true;
            _present.Clear();
            Put(@event.Snapshot.Items);
        }
        else if (@event.Kind == FeedEventKind.Change)
        {
            foreach (var id in @event.Change.Removed ?? [])
            {
                _present.Remove(id);
            }

            Put(@event.Change.Put ?? []);
        }
    }

    public bool IsPresent(string participation) => _present.ContainsKey(participation);

    /// <summary>The member that a participation is of, as the server says; null if it is not known.</summary>
    public string? MemberOf(string participation) => _present.GetValueOrDefault(participation)?.Member;

    /// <summary>The name that a participation's member sealed.</summary>
    public string? NameOf(string participation) => _present.GetValueOrDefault(participation)?.DisplayName;

    public MeshPair? At(string participation) => _pairs.Find(pair => pair.Address.Participation == participation);

    public MeshPair? Find(PeerLink link) => _pairs.Find(pair => pair.Link == link);

    public MeshPair? Of(string member, string instance) => _pairs.Find(pair => pair.Link?.Id == instance && pair.Address.Member == member);

    public void Add(MeshPair pair) => _pairs.Add(pair);

    public void Remove(MeshPair pair) => _pairs.Remove(pair);

    private void Put(IEnumerable<Participant> participants)
    {
        foreach (var participant in participants)
        {
            _present[participant.Id] = participant;
        }
    }
}
