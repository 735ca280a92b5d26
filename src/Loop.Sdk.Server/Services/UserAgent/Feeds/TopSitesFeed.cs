using Loop.Sdk.Feeds;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>An account's top sites as a feed. They are few, and read again after visits: what is different is told.</summary>
internal sealed class TopSitesFeed : IDisposable
{
    private readonly UserAgentCore _core;
    private readonly string _account;
    private readonly KeyedFeedSource<string, TopSite> _source = new(static site => site.Url);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Pump _pump;
    private volatile bool _isFollowed;
    private volatile bool _disposed;

    public TopSitesFeed(UserAgentCore core, string account)
    {
        _core = core;
        _account = account;
        _pump = new Pump(ReadAgainAsync);
    }

    public IFeed<KeyedSnapshot<TopSite>, KeyedChange<string, TopSite>> Feed => _source;

    /// <summary>A place was visited.</summary>
    public void Advance()
    {
        if (_isFollowed)
        {
            _pump.Signal();
        }
    }

    /// <summary>Reads them now, before somebody begins to follow.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _isFollowed = true;
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var places = await _core.Storage.ListTopAsync(_account, _core.Options.TopSitesWindow, cancellationToken).ConfigureAwait(false);
            if (!_disposed)
            {
                Become([.. places.Select(UserAgentViews.Top)]);
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _source.Dispose();
    }

    private void Become(IReadOnlyList<TopSite> sites)
    {
        var wanted = sites.Select(static site => site.Url).ToHashSet(StringComparer.Ordinal);
        var gone = _source.Items.Where(site => !wanted.Contains(site.Url)).Select(static site => site.Url).ToList();
        _source.Update(batch =>
        {
            gone.ForEach(url => batch.Remove(url));
            foreach (var site in sites)
            {
                if (!batch.TryGet(site.Url, out var known) || known != site)
                {
                    batch.Put(site);
                }
            }
        });
    }

    private async Task ReadAgainAsync()
    {
        try
        {
            await RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (InvalidOperationException) when (_disposed)
        {
            // Nobody follows any more.
        }
#pragma warning disable CA1031 // Those who follow keep what they have until the next visit.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _core.Log.TopSitesFailed(exception);
        }
    }
}
