namespace Loop.Sdk.Server.Storage;

/// <summary>A write that waits for the writer. It is either taken by the writer, and then runs, or given up by its caller, and then never does.</summary>
/// <param name="flush">Whether it must be on the disk before its caller hears of it.</param>
internal abstract class WriteJob(bool flush)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int GivenUp = 2;

    private int _state;

    public bool Flush => flush;

    /// <summary>Says that the writer runs it now; false if the caller was faster.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Runs it inside of the writer's transaction.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>Tells the caller, after the commit, what came of it.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing of it was kept.</summary>
    public abstract void Fail(Exception exception);

    protected bool TryGiveUp() => Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting;
}
