using Loop.Sdk.Feeds;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>The accounts that somebody follows. Each is there while somebody does.</summary>
internal sealed class AccountFeeds(UserAgentCore core)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (AccountFeed Feed, int Uses)> _feeds = new(StringComparer.Ordinal);

    /// <summary>An account's feeds, if somebody follows them.</summary>
    public AccountFeed? Find(string account)
    {
        lock (_lock)
        {
            return _feeds.GetValueOrDefault(account).Feed;
        }
    }

    /// <summary>Gives one of an account's feeds, until the grant is disposed of.</summary>
    public FeedGrant<TSnapshot, TChange> Open<TSnapshot, TChange>(string account, Func<AccountFeed, IFeed<TSnapshot, TChange>> feed)
    {
        lock (_lock)
        {
            var (known, uses) = _feeds.GetValueOrDefault(account);
            known ??= new AccountFeed(core, account);
            _feeds[account] = (known, uses + 1);
            return new(feed(known), static () => UserAgentErrors.Of(ErrorCodes.AccountRequired), () => Release(account));
        }
    }

    private void Release(string account)
    {
        lock (_lock)
        {
            var (feed, uses) = _feeds[account];
            if (uses > 1)
            {
                _feeds[account] = (feed, uses - 1);
                return;
            }

            _feeds.Remove(account);
            feed.Dispose();
        }
    }
}
