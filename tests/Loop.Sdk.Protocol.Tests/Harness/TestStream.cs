using Loop.Sdk.Sessions;

namespace Loop.Sdk.Harness;

/// <summary>One end of a stream that remembers what it was told.</summary>
internal sealed class TestStream : SessionStream
{
    public List<byte[]> Messages { get; } = [];

    public bool Ended { get; private set; }

    public LoopException? Failure { get; private set; }

    public int Sendable { get; private set; }

    public int BatchEnds { get; private set; }

    public bool Overdue { get; private set; }

    /// <summary>Whether what arrives is consumed at once.</summary>
    public bool Consumes { get; init; } = true;

    /// <summary>How many messages are taken before the stream is cancelled.</summary>
    public int GivesUpAfter { get; init; } = int.MaxValue;

    public Action? WhenSendable { get; set; }

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
        Messages.Add(payload.ToArray());
        Ended |= end;
        Session!.NotifyAtBatchEnd(this);
        if (Consumes)
        {
            Session.Consume(this, CreditCost.Of(payload.Length));
        }

        if (Messages.Count == GivesUpAfter)
        {
            Session.Cancel(this);
        }
    }

    internal override void OnEnd() => Ended = true;

    internal override void OnFailed(LoopException error)
    {
        Assert.IsNull(Failure, "A stream fails once.");
        Failure = error;
    }

    internal override IThreadPoolWorkItem? OnSendable()
    {
        Sendable++;
        WhenSendable?.Invoke();
        return null;
    }

    internal override IThreadPoolWorkItem? OnBatchEnd()
    {
        BatchEnds++;
        return null;
    }

    internal override void OnDeadline()
    {
        Overdue = true;
        Session!.Cancel(this);
    }
}
