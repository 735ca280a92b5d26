using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>What all ways to a user agent's state share: the store, and who is to hear of its changes.</summary>
internal sealed class UserAgentCore
{
    private string? _storeEpoch;

    public UserAgentCore(IUserAgentStorage storage, IOptions<UserAgentOptions> options, TimeProvider time, UserAgentMetrics metrics, ILogger<UserAgentCore> logger)
    {
        Storage = storage;
        Options = options.Value;
        Time = time;
        Metrics = metrics;
        Log = new UserAgentLog(logger);
        Feeds = new AccountFeeds(this);
    }

    public IUserAgentStorage Storage { get; }

    public UserAgentOptions Options { get; }

    public TimeProvider Time { get; }

    public UserAgentMetrics Metrics { get; }

    public UserAgentLog Log { get; }

    /// <summary>The feeds that somebody here follows.</summary>
    public AccountFeeds Feeds { get; }

    /// <summary>The time, µs since 1970.</summary>
    public long Now => UserAgentChecks.Micros(Time.GetUtcNow());

    /// <summary>The store's identity.</summary>
    public async ValueTask<string> StoreEpochAsync(CancellationToken cancellationToken) =>
        _storeEpoch ??= await Storage.GetEpochAsync(cancellationToken).ConfigureAwait(false);
}
