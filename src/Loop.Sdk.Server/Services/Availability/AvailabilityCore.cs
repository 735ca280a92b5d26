using Loop.Sdk.Presence;
using Loop.Sdk.Server.Presence;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Availability;

/// <summary>What all sessions' availability shares. The state of an account is made anew, from its devices and the store, whenever either has changed.</summary>
internal sealed class AvailabilityCore
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly AvailabilityLog _log;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AccountState> _accounts = new(StringComparer.Ordinal);

    public AvailabilityCore(
        PresenceCore presence, IAvailabilityStorage storage, IOptions<AvailabilityOptions> options, TimeProvider time, ILogger<AvailabilityCore> logger)
    {
        Presence = presence;
        Storage = storage;
        Options = options.Value;
        Time = time;
        _log = new AvailabilityLog(logger);
        People = new PeopleTable(this);
        presence.DevicesChanged = OnDevicesChanged;
        presence.AccountChanged = OnAccountChanged;
    }

    public PresenceCore Presence { get; }

    public IAvailabilityStorage Storage { get; }

    public AvailabilityOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>The applications that somebody follows.</summary>
    public PeopleTable People { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>How many accounts are there or followed.</summary>
    public int AccountCount
    {
        get
        {
            lock (_lock)
            {
                return _accounts.Count;
            }
        }
    }

    public IReadOnlyList<DeviceAvailability> DevicesOf(string account) => [.. Presence.Read(ScopeName.OfDevices(account)).Members.Select(Devices.Read)];

    /// <summary>Gives an account, to be released.</summary>
    public AccountState Acquire(string account)
    {
        lock (_lock)
        {
            if (!_accounts.TryGetValue(account, out var state))
            {
                state = new AccountState(account, Now);
                _accounts.Add(account, state);
            }

            state.Uses++;
            return state;
        }
    }

    public void Release(AccountState state)
    {
        lock (_lock)
        {
            // Since when somebody is there is remembered while they are.
            if (--state.Uses > 0 || state.State != AvailabilityState.Unavailable)
            {
                return;
            }

            _accounts.Remove(state.Account);
        }

        state.Dispose();
    }

    /// <summary>Changes something of an account in the store, and tells everybody.</summary>
    /// <param name="account">The account.</param>
    /// <param name="change">What to do, before anything else is done with the account.</param>
    /// <param name="cancellationToken">Gives up before it is begun.</param>
    public async Task<T> ChangeAsync<T>(string account, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        var state = Acquire(account);
        try
        {
            await state.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var result = await change().ConfigureAwait(false);
                Presence.Nodes?.Tell(new NodeAccount(account));
                await RefreshAsync(state, isFollowed: false).ConfigureAwait(false);
                return result;
            }
            finally
            {
                state.Gate.Release();
            }
        }
        finally
        {
            Release(state);
        }
    }

    /// <summary>A grant is gone from the store: its person vanishes here and on every other node.</summary>
    public void Revoked(GrantRecord grant)
    {
        People.Find(grant.Application)?.Remove(grant.Id);
        Presence.Nodes?.Tell(new NodeAccount(grant.Account, grant.Application, grant.Id));
    }

    /// <summary>Makes an account's own feeds, if they are not there.</summary>
    /// <param name="state">The account, acquired.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FollowAsync(AccountState state, CancellationToken cancellationToken)
    {
        await state.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (state.Feed is null)
            {
                await RefreshAsync(state, isFollowed: true).ConfigureAwait(false);
            }
        }
        finally
        {
            state.Gate.Release();
        }
    }

    /// <summary>Somebody's availability, as an application sees it now.</summary>
    public PersonAvailability View(PersonRecord person)
    {
        var (grant, status) = person;
        var state = Devices.Merge(DevicesOf(grant.Account), (StatusMode)status.Mode);
        lock (_lock)
        {
            var since = _accounts.TryGetValue(grant.Account, out var known) && known.State == state ? known.Since : Now;
            return new PersonAvailability { Id = grant.Id, State = state, Text = status.Text, Since = since };
        }
    }

    // The gate is held.
    private async Task RefreshAsync(AccountState state, bool isFollowed)
    {
        var status = await Storage.GetStatusAsync(state.Account, CancellationToken.None).ConfigureAwait(false);
        var grants = await Storage.ListGrantsAsync(state.Account, CancellationToken.None).ConfigureAwait(false);
        var devices = DevicesOf(state.Account);
        var merged = Devices.Merge(devices, (StatusMode)status.Mode);
        var availability = new AccountAvailability
        {
            State = merged,
            Mode = (StatusMode)status.Mode,
            Text = status.Text,
            Since = merged == state.State ? state.Since : Now,
            Devices = devices,
        };
        state.Set(availability, [.. grants.Select(View)], isFollowed);
        foreach (var grant in grants)
        {
            People.Find(grant.Application)?.Put(new PersonAvailability { Id = grant.Id, State = merged, Text = status.Text, Since = availability.Since });
        }
    }

    public static Grant View(GrantRecord grant) => new(grant.Application, grant.Id, DateTimeOffset.FromUnixTimeMilliseconds(grant.GrantedAt));

    // Under a scope's lock: whatever there is to do is done on another thread, and once for many changes.
    private void OnDevicesChanged(string account)
    {
        var state = Acquire(account);
        lock (_lock)
        {
            if (state.IsStale)
            {
                state.Uses--;
                return;
            }

            state.IsStale = true;
        }

        _ = Task.Run(() => RefreshStaleAsync(state));
    }

    private void OnAccountChanged(NodeAccount changed)
    {
        if (changed is { Application: { } application, Grant: { } grant })
        {
            People.Find(application)?.Remove(grant);
        }

        OnDevicesChanged(changed.Account);
    }

    private async Task RefreshStaleAsync(AccountState state)
    {
        try
        {
            while (!await TryRefreshStaleAsync(state).ConfigureAwait(false))
            {
                await Task.Delay(Pause, Time).ConfigureAwait(false);
            }
        }
        finally
        {
            Release(state);
        }
    }

    private async Task<bool> TryRefreshStaleAsync(AccountState state)
    {
        await state.Gate.WaitAsync().ConfigureAwait(false);
        try
        {
            lock (_lock)
            {
                // What changes from here on needs another refresh.
                state.IsStale = false;
            }

            await RefreshAsync(state, isFollowed: false).ConfigureAwait(false);
            return true;
        }
        catch (LoopException exception) when (exception.Retryable)
        {
            _log.RefreshFailed(exception);
            return false;
        }
#pragma warning disable CA1031 // Nobody waits for this.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _log.RefreshFailed(exception);
            return true;
        }
        finally
        {
            state.Gate.Release();
        }
    }
}
