using System.Threading.Channels;

namespace Loop.Sdk.Server.Tests.Harness;

/// <summary>Writes down what it is told of sessions.</summary>
internal sealed class RecordingObserver : ISessionObserver
{
    private readonly Channel<string> _heard = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private TaskCompletionSource? _held;

    public int Count => _heard.Reader.Count;

    /// <summary>Makes everything take until this is disposed of.</summary>
    public Holding Hold() => new(_held = new(TaskCreationOptions.RunContinuationsAsynchronously));

    public async Task<string[]> TakeAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var taken = new string[count];
        for (var index = 0; index < count; index++)
        {
            taken[index] = await _heard.Reader.ReadAsync(patience.Token);
        }

        return taken;
    }

    public ValueTask ConnectedAsync(LoopSession session) => AddAsync($"{session.Id} connected");

    public ValueTask DisconnectedAsync(LoopSession session) => AddAsync($"{session.Id} disconnected");

    public ValueTask ResumedAsync(LoopSession session) => AddAsync($"{session.Id} resumed");

    public ValueTask EndedAsync(LoopSession session, SessionEnd end) => AddAsync($"{session.Id} ended {end.Code}{(end.IsGoodbye ? " goodbye" : "")}");

    private async ValueTask AddAsync(string what)
    {
        await (_held?.Task ?? Task.CompletedTask);
        _heard.Writer.TryWrite(what);
    }

    internal sealed class Holding(TaskCompletionSource held) : IDisposable
    {
        public void Dispose() => held.TrySetResult();
    }
}
