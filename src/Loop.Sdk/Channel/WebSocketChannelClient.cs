using Loop.Sdk.Contracts;
using Loop.Sdk.Errors;
using Loop.Sdk.Peers;
using Loop.Sdk.Reconnect;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Channels;

/// <summary>The real client. It puts the parts together; the work is done by them.</summary>
internal sealed class WebSocketChannelClient : ChannelClient, IDisposable, IHeartbeatMember, INetworkListener
{
    // Real time, whatever clock the channel runs on: a test's clock may stand still, and disposal must end nevertheless.
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ChannelClientOptions _options;
    private readonly Clock _clock;
    private readonly StateHub _states = new();
    private readonly SessionQueue _sessions;
    private readonly ContractNames _contracts;
    private readonly CredentialExpiry _expiry;
    private readonly CredentialSource _credentials;
    private readonly Reauthentication _reauthentication;
    private readonly ConnectionLoop _loop;
    private readonly ClientInvoker _invoker;
    private readonly INetworkMonitor _network;
    private Dictionary<Type, object>? _services;
    private Task? _running;

    private WebSocketChannelClient(ChannelClientOptions options, ILogger logger)
    {
        _options = options;
        _clock = options.TimeProvider == TimeProvider.System ? Clock.System : new Clock(options.TimeProvider);
        _sessions = new SessionQueue(options);
        _contracts = new ContractNames(options.Contracts);
        _expiry = new CredentialExpiry(options.TimeProvider);
        _credentials = new CredentialSource(options.CredentialsProvider);
        _reauthentication = new Reauthentication(options, _credentials, _expiry, _sessions, logger);
        _loop = new ConnectionLoop(options, new ConnectionOpener(options, _credentials, _contracts, _clock), _credentials, _expiry, _sessions, _states, _clock, logger);
        _invoker = new ClientInvoker(_sessions, Open, options);
        _network = options.NetworkMonitor ?? SystemNetworkMonitor.Instance;
    }

    public override ChannelState State => _states.State;

    public override string? SessionId => _sessions.Current?.Id;

    public static new WebSocketChannelClient Create(ChannelClientOptions options, ILoggerFactory? loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(options);
        var check = ChannelClientOptionsValidator.Instance.Validate(Options.DefaultName, options);
        if (check.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(ChannelClientOptions), check.Failures);
        }

        return new WebSocketChannelClient(options.Copy(), (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<ChannelClient>());
    }

    public override async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        Open();
        await foreach (var change in _states.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (change.Current == ChannelState.Connected)
            {
                return;
            }
        }

        _sessions.ThrowIfClosed();
    }

    public override IAsyncEnumerable<ChannelStateChange> StateChanges(CancellationToken cancellationToken = default) => _states.WatchAsync(cancellationToken);

    public override TContract Service<TContract>()
    {
        lock (_lock)
        {
            _services ??= [];
            if (_services.TryGetValue(typeof(TContract), out var known))
            {
                return (TContract)known;
            }

            _contracts.Add(TContract.Descriptor.Name);
            var service = TContract.Descriptor.CreateClient(_invoker);
            _services.Add(typeof(TContract), service);
            return service;
        }
    }

    public override async Task ReauthenticateAsync(CancellationToken cancellationToken = default)
    {
        if (!_credentials.Exists)
        {
            throw new InvalidOperationException($"There is no {nameof(ChannelClientOptions.CredentialsProvider)} to ask for credentials.");
        }

        _sessions.ThrowIfClosed();
        if (State != ChannelState.Connected || !await PresentAsync(cancellationToken).ConfigureAwait(false))
        {
            await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        var running = Close();
        if (!await EndsAsync(running).ConfigureAwait(false))
        {
            _sessions.Current?.Connection?.Abort();
            await EndsAsync(running).ConfigureAwait(false);
        }
    }

    // For containers that are disposed of synchronously: nothing is waited for, so the server learns it from the broken connection.
    public void Dispose()
    {
        Close();
        _sessions.Current?.Connection?.Abort();
    }

    void IHeartbeatMember.OnBeat()
    {
        _sessions.Current?.Tick(_clock.Now);
        if (_credentials.Exists && State == ChannelState.Connected && _expiry.IsDue)
        {
            _reauthentication.Renew(_loop.Stopping);
        }
    }

    void IHeartbeatMember.OnWake() => Recheck();

    void INetworkListener.OnNetworkAvailable() => Recheck();

    private void Recheck()
    {
        _sessions.Current?.Probe(_clock.Now);
        _loop.Hurry();
    }

    private async Task<bool> PresentAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reauthentication.RunAsync(_loop.Stopping).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_loop.Stopping.IsCancellationRequested)
        {
            _sessions.ThrowIfClosed();
            throw;
        }
    }

    private void Open()
    {
        if (Volatile.Read(ref _running) is not null)
        {
            return;
        }

        lock (_lock)
        {
            if (_running is null && _sessions.End is null)
            {
                _states.Move(ChannelState.Connecting);
                _running = StartLoop();
            }
        }
    }

    // The loop outlives whoever happens to make the first call, so it must not keep that one's context, nor be traced as a part of it.
    private Task StartLoop()
    {
        using var restore = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        var heartbeat = Heartbeat.For(_options.TimeProvider);
        heartbeat.Add(this);
        _network.Add(this);
        try
        {
            await _loop.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            heartbeat.Remove(this);
            _network.Remove(this);
        }
    }

    private Task Close()
    {
        lock (_lock)
        {
            _loop.Close(new LoopException(ErrorCodes.Closed, "The channel was disposed of."));
            return _running ?? Task.CompletedTask;
        }
    }

    private static async Task<bool> EndsAsync(Task task)
    {
        await task.WaitAsync(ClosePatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }
}
