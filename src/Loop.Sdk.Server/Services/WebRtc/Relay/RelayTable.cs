using Loop.Sdk.Server.Rooms;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>The ends of relays that wait for the other, or have it.</summary>
internal sealed class RelayTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RelayKey, RelayEnd> _ends = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _ends.Count;
            }
        }
    }

    /// <exception cref="LoopException"><c>room_conflict</c>: the end is there already; <c>resource_exhausted</c>.</exception>
    public RelayEnd Open(RelayKey key, Participation participation, int most)
    {
        var end = new RelayEnd(key, participation);
        lock (_lock)
        {
            if (_ends.Values.Count(other => other.Participation.Session == participation.Session) >= most)
            {
                throw WebRtcErrors.Of(ErrorCodes.ResourceExhausted);
            }

            if (!_ends.TryAdd(key, end))
            {
                throw WebRtcErrors.Of(ErrorCodes.RoomConflict);
            }

            if (_ends.TryGetValue(key.Opposite, out var peer))
            {
                peer.Join(end);
                end.Join(peer);
            }
        }

        return end;
    }

    public void Close(RelayEnd end)
    {
        lock (_lock)
        {
            _ends.Remove(end.Key);
        }
    }
}
