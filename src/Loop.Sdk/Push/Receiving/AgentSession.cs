using Loop.Sdk.Feeds;

namespace Loop.Sdk.Push;

/// <summary>
/// Keeps the client attached to the server as its agent, from the first use on: says hello on every new session, compares subscriptions, and takes in messages. An error that does not pass
/// ends it, for all who wait; the next use begins again.
/// </summary>
internal sealed class AgentSession(PushServices services, Func<CancellationToken, Task> greet, Func<PushMessage, CancellationToken, ValueTask> takeIn, CancellationToken lifetime)
{
    private readonly Lock _lock = new();
    private AgentRun? _run;

    /// <summary>The attempt to be attached that is under way; begun if there is none.</summary>
    public AgentRun Run
    {
        get
        {
            lock (_lock)
            {
                lifetime.ThrowIfCancellationRequested();
                if (_run is not { IsOver: false })
                {
                    var run = _run = new AgentRun();
                    run.Running = Task.Run(() => RunAsync(run), CancellationToken.None);
                }

                return _run;
            }
        }
    }

    /// <summary>Calls the server as the agent: waits until it is attached, and calls again after a failure that passes.</summary>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var pacing = new RetryPacing(services.Time);
        while (true)
        {
            var run = Run;
            var greeting = await run.WhenAttachedAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (LoopException error) when (PushCodes.IsPassing(error))
            {
                services.Log.Interrupted(error.Code, error);
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(run.WhenAttachedAfterAsync(greeting), pacing.PauseAsync(atOnce: false, pause.Token)).ConfigureAwait(false);
                await pause.CancelAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Waits for the end, after the lifetime's.</summary>
    public Task WhenStoppedAsync()
    {
        lock (_lock)
        {
            return _run?.Running ?? Task.CompletedTask;
        }
    }

    private async Task RunAsync(AgentRun run)
    {
        var pacing = new RetryPacing(services.Time);
        try
        {
            while (true)
            {
                try
                {
                    await services.Channel.ConnectAsync(lifetime).ConfigureAwait(false);
                    await greet(lifetime).ConfigureAwait(false);
                    run.Attached();
                    await foreach (var message in services.Push.Receive().WithCancellation(lifetime).ConfigureAwait(false))
                    {
                        pacing.Succeed();
                        await takeIn(message, lifetime).ConfigureAwait(false);
                    }
                }
                catch (LoopException error) when (PushCodes.IsPassing(error))
                {
                    services.Log.Interrupted(error.Code, error);
                }

                await pacing.PauseAsync(atOnce: true, lifetime).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (lifetime.IsCancellationRequested)
        {
            run.End(PushCodes.Closed());
        }
        catch (LoopException error)
        {
            services.Log.Ended(error.Code, error);
            run.End(error);
        }
#pragma warning disable CA1031 // Nobody waits for this: whatever it is, those who wait for messages have to hear of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            services.Log.Ended(ErrorCodes.Internal, exception);
            run.End(new LoopException(ErrorCodes.Internal, "Push messages could not be received.", exception));
        }
    }
}
