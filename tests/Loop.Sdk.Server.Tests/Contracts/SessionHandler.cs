namespace Loop.Sdk.Server.Tests.Contracts;

internal sealed class SessionHandler : EchoOnly, IDisposable
{
    private readonly LoopSession _session;
    private readonly HandlerJournal _journal;

    public SessionHandler(LoopSession session, HandlerJournal journal)
    {
        (_session, _journal) = (session, journal);
        journal.NoteMade();
    }

    public override Task<string> EchoAsync(string text, CancellationToken cancellationToken) => Task.FromResult(_session.Id);

    public void Dispose() => _journal.NoteDisposed();
}
