namespace Loop.Sdk.Server.Tests.Contracts;

internal sealed class HandlerJournal
{
    private int _made;
    private int _disposed;

    public int Made => Volatile.Read(ref _made);

    public int Disposed => Volatile.Read(ref _disposed);

    public void NoteMade() => Interlocked.Increment(ref _made);

    public void NoteDisposed() => Interlocked.Increment(ref _disposed);
}
