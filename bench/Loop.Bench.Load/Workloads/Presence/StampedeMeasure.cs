using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Sdk.Presence;

namespace Loop.Bench.Load.Workloads.Presence;

/// <summary>All connections break, and nothing is left of the sessions: how long until everybody is present again, and everybody who watches sees exactly that.</summary>
internal static class StampedeMeasure
{
    public const int Watchers = 100;

    private const int Scopes = 10;
    private const int EnterConcurrency = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <returns>How many watchers were wrong in the end.</returns>
    public static async Task<int> RunAsync(ClientContext context, int sessions)
    {
        var users = await PresentUser.ConnectAsync(context, sessions, static i => ScopeOf(i));
        await Parallel.ForAsync(0, sessions, new ParallelOptions { MaxDegreeOfParallelism = EnterConcurrency }, async (i, _) => await users[i].EnterAsync());
        var watchers = await ScopeWatcher.ConnectAsync(context, Watchers, static i => ScopeOf(i));
        var indices = watchers.Select(static (watcher, index) => (watcher, index)).ToDictionary(static pair => pair.watcher, static pair => pair.index);
        var wrong = await WaitAsync(Members(users));
        var gone = users.Select(static user => user.Entry!.Member.Id).ToHashSet();

        var start = Stopwatch.GetTimestamp();
        await context.Control.CutAsync();
        while (!users.All(user => user.Entry is { State: PresenceEntryState.Present } entry && !gone.Contains(entry.Member.Id)))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new InvalidOperationException($"{users.Count(user => gone.Contains(user.Entry!.Member.Id))} are not back.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        wrong += await WaitAsync(Members(users));
        ClientContext.Report(MetricNames.Stampede, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return wrong;

        Task<int> WaitAsync(HashSet<string>[] truth) => QuietPoint.WaitAsync(watchers, watcher => watcher.Shows(truth[indices[watcher] % Scopes]), Patience);
    }

    private static HashSet<string>[] Members(PresentUser[] users) =>
        [.. Enumerable.Range(0, Scopes).Select(scope => users.Where((_, i) => i % Scopes == scope).Select(static user => user.Entry!.Member.Id).ToHashSet())];

    private static string ScopeOf(int index) => PresentUser.ScopeOf($"hall-{index % Scopes}");
}
