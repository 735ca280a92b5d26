using Loop.Bench.Load.Client;
using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Workloads;

/// <summary>One of many callers that always have one call outstanding.</summary>
internal sealed class CallLoop(IClientConnection connection)
{
    private volatile bool _stopping;
    private long _calls;

    public long Calls => Volatile.Read(ref _calls);

    public void Stop() => _stopping = true;

    public async Task RunAsync()
    {
        var note = NotePayload.Create(NotePayload.FirstId);
        while (!_stopping)
        {
            await connection.EchoAsync(note);
            _calls++;
        }
    }
}
