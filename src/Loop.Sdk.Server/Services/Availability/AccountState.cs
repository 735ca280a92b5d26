using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Availability;

/// <summary>An account that is there, or is followed. What is done with it is done one thing after the other.</summary>
internal sealed class AccountState(string account, DateTimeOffset now) : IDisposable
{
    private FeedSource<AccountAvailability, AccountAvailability>? _feed;
    private KeyedFeedSource<string, Grant>? _grants;

    public string Account => account;

    /// <summary>How many use it. Counted under the table's lock.</summary>
    public int Uses { get; set; }

    /// <summary>Whether a refresh is waiting. Changed under the table's lock.</summary>
    public bool IsStale { get; set; }

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public AvailabilityState State { get; private set; } = AvailabilityState.Unavailable;

    public DateTimeOffset Since { get; private set; } = now;

    /// <summary>The account's own view, once somebody follows it.</summary>
    public FeedSource<AccountAvailability, AccountAvailability>? Feed => _feed;

    public KeyedFeedSource<string, Grant>? Grants => _grants;

    public void Set(AccountAvailability availability, IReadOnlyList<Grant> grants, bool isFollowed)
    {
        (State, Since) = (availability.State, availability.Since);
        if (_feed is null || _grants is null)
        {
            if (isFollowed)
            {
                _feed = new(availability, static (_, next) => next);
                _grants = new(static grant => grant.Application, grants);
            }

            return;
        }

        if (!AreSame(_feed.Snapshot, availability))
        {
            _feed.Publish(availability);
        }

        _grants.Update(batch =>
        {
            foreach (var gone in _grants.Items.Where(known => !grants.Contains(known)))
            {
                batch.Remove(gone.Application);
            }

            foreach (var grant in grants.Where(grant => !batch.TryGet(grant.Application, out var known) || known != grant))
            {
                batch.Put(grant);
            }
        });
    }

    public void Dispose()
    {
        _feed?.Dispose();
        _grants?.Dispose();
        Gate.Dispose();
    }

    private static bool AreSame(AccountAvailability one, AccountAvailability other) =>
        one == other with { Devices = one.Devices } && one.Devices.SequenceEqual(other.Devices);
}
