using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Server;

/// <summary>Publishes numbered notes for a while, as fast as the target takes them or at a steady rate.</summary>
internal static class Publisher
{
    public static async Task<PublishResult> RunAsync(Func<Note, ValueTask> publish, TimeSpan duration, int perSecond, CancellationToken cancellationToken)
    {
        using var timer = perSecond > 0 ? new PeriodicTimer(TimeSpan.FromSeconds(1d / perSecond)) : null;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(duration);
        var count = 0;
        try
        {
            while (!ended.IsCancellationRequested)
            {
                var publishing = publish(NotePayload.Create(NotePayload.FirstId + count));
                if (!publishing.IsCompletedSuccessfully)
                {
                    // A subscriber that stopped reading may hold this one for ever: the wait must end, not the event.
                    var waiting = publishing.AsTask();
                    await waiting.WaitAsync(ended.Token);
                }

                count++;
                if (timer is not null)
                {
                    await timer.WaitForNextTickAsync(CancellationToken.None);
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return new PublishResult(count, Stalled: true);
        }

        return new PublishResult(count, Stalled: false);
    }
}
