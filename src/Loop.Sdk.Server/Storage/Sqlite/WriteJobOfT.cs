namespace Loop.Sdk.Server.Storage;

internal sealed class WriteJob<T>(Func<SqliteSession, T> work, bool flush) : WriteJob(flush)
{
    // The writer must not run its callers' code.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? _result;

    public override void Run(SqliteSession session) => _result = work(session);

    public override void Complete() => _completion.TrySetResult(_result!);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);

    /// <summary>Waits for the end. Cancelling ends it while it waits; once the writer has it, the caller gets what came of it all the same.</summary>
    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var job = (WriteJob<T>)state!;
                if (job.TryGiveUp())
                {
                    job._completion.TrySetCanceled(token);
                }
            },
            this);
        return await _completion.Task.ConfigureAwait(false);
    }
}
