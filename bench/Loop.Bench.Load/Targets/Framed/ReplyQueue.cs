using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.Framed;

/// <summary>
/// Replies by order of the calls: without call ids there is nothing else to go by. Two calls made at the same instant may
/// swap their replies, which are equal.
/// </summary>
internal sealed class ReplyQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<PendingReply> _waiting = new();
    private readonly Stack<PendingReply> _free = new();

    public ValueTask Enqueue()
    {
        lock (_gate)
        {
            var reply = _free.Count > 0 ? _free.Pop() : new PendingReply(Release);
            _waiting.Enqueue(reply);
            return reply.Task;
        }
    }

    public void CompleteNext()
    {
        PendingReply reply;
        lock (_gate)
        {
            reply = _waiting.Dequeue();
        }

        reply.Complete();
    }

    public void FailAll(Exception exception)
    {
        PendingReply[] replies;
        lock (_gate)
        {
            replies = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var reply in replies)
        {
            reply.Fail(exception);
        }
    }

    private void Release(PendingReply reply)
    {
        lock (_gate)
        {
            _free.Push(reply);
        }
    }
}
