using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Workloads;

/// <summary>Knows which of the numbered events one session got, and which of them twice.</summary>
internal sealed class SequenceCounter
{
    private readonly HashSet<int> _seen = [];

    public int Doubled { get; private set; }

    public void Receive(int id)
    {
        lock (_seen)
        {
            if (!_seen.Add(id))
            {
                Doubled++;
            }
        }
    }

    public int CountLost(int published)
    {
        lock (_seen)
        {
            return published - _seen.Count(id => id - NotePayload.FirstId < published);
        }
    }
}
