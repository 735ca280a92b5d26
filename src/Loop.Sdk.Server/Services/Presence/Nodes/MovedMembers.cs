namespace Loop.Sdk.Server.Presence;

/// <summary>
/// Members that had changed nodes and are gone. The node that had them first may be heard later than the one that had them last: for as long as that is possible, it must not bring
/// them back.
/// </summary>
internal sealed class MovedMembers(TimeProvider time, TimeSpan memory)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (MemberVersion Version, long At)> _gone = new(StringComparer.Ordinal);

    public void Add(Member member)
    {
        lock (_lock)
        {
            _gone[member.Id] = (member.Version, time.GetTimestamp());
        }
    }

    public bool IsOutdated(Member member)
    {
        lock (_lock)
        {
            return _gone.TryGetValue(member.Id, out var gone) && gone.Version.CompareTo(member.Version) >= 0;
        }
    }

    public void Sweep()
    {
        lock (_lock)
        {
            foreach (var id in _gone.Where(gone => time.GetElapsedTime(gone.Value.At) > memory).Select(static gone => gone.Key).ToList())
            {
                _gone.Remove(id);
            }
        }
    }
}
