using System.Diagnostics;

namespace Loop.Bench.Load.Workloads.Presence;

/// <summary>When nothing changes any more, every watcher has to show the truth.</summary>
internal static class QuietPoint
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until all watchers show the truth, but not for ever.</summary>
    /// <returns>How many do not.</returns>
    public static async Task<int> WaitAsync(IReadOnlyList<ScopeWatcher> watchers, Func<ScopeWatcher, bool> isRight, TimeSpan patience)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var wrong = watchers.Count(watcher => !isRight(watcher));
            if (wrong == 0 || Stopwatch.GetElapsedTime(start) > patience)
            {
                return wrong;
            }

            await Task.Delay(Look);
        }
    }
}
