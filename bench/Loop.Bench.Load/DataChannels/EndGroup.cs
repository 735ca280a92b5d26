namespace Loop.Bench.Load.DataChannels;

/// <summary>The processes of a round, told what to do step by step. A step that takes too long ends the round, and those that have not answered are named.</summary>
internal sealed class EndGroup(params EndProcess[] ends) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _patience = new();

    /// <summary>Takes a step, which is to last so long if all goes well.</summary>
    public async Task<T> StepAsync<T>(TimeSpan duration, Func<CancellationToken, Task<T>> step)
    {
        var limit = duration + Patience;
        _patience.CancelAfter(limit);
        try
        {
            return await step(_patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"No answer within {limit.TotalSeconds} s from {string.Join(" and ", ends.Select(end => end.Owes).OfType<string>())}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var end in ends)
        {
            await end.DisposeAsync();
        }

        _patience.Dispose();
    }
}
