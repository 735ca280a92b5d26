namespace Loop.Sdk.Server.Tests.Contracts;

internal sealed class CallHandler : EchoOnly, IDisposable
{
    private readonly LoopCall _call;
    private readonly HandlerJournal _journal;

    public CallHandler(LoopCall call, HandlerJournal journal)
    {
        (_call, _journal) = (call, journal);
        journal.NoteMade();
    }

    public override Task<string> EchoAsync(string text, CancellationToken cancellationToken) => Task.FromResult($"{_call.Contract} {_call.Method} {_call.Session.Id}");

    public void Dispose() => _journal.NoteDisposed();
}
