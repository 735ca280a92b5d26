using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.Typed;

/// <summary>Calls by id. An id is a slot, used again after its reply.</summary>
internal sealed class CallTable
{
    private readonly Lock _gate = new();
    private readonly List<PendingReply> _calls = [];
    private readonly Stack<int> _free = new();

    public (int Id, ValueTask Reply) Open()
    {
        lock (_gate)
        {
            if (!_free.TryPop(out var id))
            {
                id = _calls.Count;
                _calls.Add(new PendingReply(_ => Release(id)));
            }

            return (id, _calls[id].Task);
        }
    }

    public void Complete(int id)
    {
        PendingReply call;
        lock (_gate)
        {
            call = _calls[id];
        }

        call.Complete();
    }

    private void Release(int id)
    {
        lock (_gate)
        {
            _free.Push(id);
        }
    }
}
