using Loop.Sdk.Sessions;

namespace Loop.Sdk.Harness;

/// <summary>What a reader does at the end of a batch, without a connection.</summary>
internal static class ReadyWorkProbe
{
    public static void EndBatch(Session session)
    {
        var ready = new ReadyWork();
        session.EndBatch(ready);
        while (ready.TryTake(out var work))
        {
            work.Execute();
        }
    }
}
