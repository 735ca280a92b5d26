using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.Feeds;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.Tests.Hosting.Harness;

/// <summary>What a window shows, and when it shows all that was written before a mark.</summary>
internal sealed class WindowViews : IAsyncDisposable
{
    public const string Mark = "https://mark.example/";

    private readonly Lock _gate = new();
    private readonly LiveCollection<string, StarredPage> _stars;
    private readonly LiveCollection<string, VisitedPlace> _history;
    private readonly TaskCompletionSource _marked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WindowViews(UserAgentClient agent)
    {
        _stars = agent.ShowStars(new LiveViewOptions { Post = Exclusively });
        _history = agent.ShowHistory(new LiveViewOptions { Post = Exclusively });
        _stars.CollectionChanged += (_, _) => Look();
        _history.CollectionChanged += (_, _) => Look();
    }

    /// <summary>All that is shown, once the mark is: as a hash, since it is compared only.</summary>
    public async Task<string> ReadAsync()
    {
        Exclusively(Look);
        await _marked.Task;
        var shown = "";
        Exclusively(() => shown = Describe(
            _stars.Select(static star => (star.Url, star.Title, Micros(star.StarredAt))), _history.Select(static place => (place.Url, place.Title, place.Visits, Micros(place.LastVisitedAt)))));
        return shown;
    }

    /// <summary>The same of what is stored. Of equal times the order is the store's or the list's own, so all are put into one.</summary>
    public static string Describe(IEnumerable<(string Url, string? Title, long At)> stars, IEnumerable<(string Url, string? Title, long Visits, long At)> history)
    {
        var (starred, visited) = (stars.OrderBy(static star => star.Url, StringComparer.Ordinal).ToList(), history.OrderBy(static place => place.Url, StringComparer.Ordinal).ToList());
        var text = string.Join('\n', starred) + "\n\n" + string.Join('\n', visited);
        return $"{starred.Count} stars, {visited.Count} places, {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}";
    }

    public async ValueTask DisposeAsync()
    {
        await _stars.DisposeAsync();
        await _history.DisposeAsync();
    }

    private static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    // Both feeds have the mark as the last change.
    private void Look()
    {
        if (_stars.TryGet(Mark, out _) && _history.TryGet(Mark, out _))
        {
            _marked.TrySetResult();
        }
    }

    private void Exclusively(Action action)
    {
        lock (_gate)
        {
            action();
        }
    }
}
