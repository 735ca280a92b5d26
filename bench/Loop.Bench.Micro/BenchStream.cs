using Loop.Sdk;
using Loop.Sdk.Sessions;

namespace Loop.Bench.Micro;

/// <summary>Takes every message at once, and answers with as many bytes if told to.</summary>
internal sealed class BenchStream(bool answers) : SessionStream
{
    private static readonly byte[] Answer = new byte[100];

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
        Session!.Consume(this, CreditCost.Of(payload.Length));
        if (answers)
        {
            Session.Send(this, Answer, end: true, borrow: true);
        }
    }

    internal override void OnEnd()
    {
    }

    internal override void OnFailed(LoopException error)
    {
    }

    internal override void OnDeadline()
    {
    }
}
