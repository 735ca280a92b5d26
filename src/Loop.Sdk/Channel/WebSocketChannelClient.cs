using System.Diagnostics;
using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;
using Loop.Sdk.Serving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Channels;

/// <summary>The real client. It puts the parts together; the work is done by them.</summary>
internal sealed class WebSocketChannelClient : ChannelClient, IDisposable
{
    // Real time, whatever clock the channel runs on: a test's clock may stand still, and disposal must end nevertheless.
    private static readonly TimeSpan FeaturesDone = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Closed = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Aborted = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly StateHub _states = new();
    private readonly SessionQueue _sessions;
    private readonly ContractNames _contracts;
    private readonly Reauthentication? _reauthentication;
    private readonly ConnectionLoop _loop;
    private readonly ClientInvoker _invoker;
    private readonly FeatureSet _features;
    private Dictionary<Type, object>? _services;

    private WebSocketChannelClient(ChannelClientOptions options, ILoggerFactory loggerFactory)
    {
        var logger = loggerFactory.CreateLogger<ChannelClient>();
        var clock = options.TimeProvider == TimeProvider.System ? Clock.System : new Clock(options.TimeProvider);
        var expiry = new CredentialExpiry(options.TimeProvider);
        var credentials = options.CredentialsProvider is { } provider ? new CredentialSource(provider) : null;
        var served = new ServedContracts(options.Served, logger);
        _sessions = new SessionQueue(options);
        _contracts = new ContractNames(options.Contracts);
        _reauthentication = credentials is null ? null : new Reauthentication(options, credentials, expiry, _sessions, logger);
        _loop = new ConnectionLoop(options, new ConnectionOpener(options, credentials, _contracts, clock), _reauthentication, expiry, _sessions, _states, served, clock, logger);
        _invoker = new ClientInvoker(_sessions, _loop, options);
        _features = new FeatureSet(new FeatureContext(this, options, served, loggerFactory), logger);
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

        return new WebSocketChannelClient(options.Copy(), loggerFactory ?? NullLoggerFactory.Instance);
    }

    public override async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        _loop.Open();
        if (!await _states.WhenOpenAsync().WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            _sessions.ThrowIfClosed();
        }
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

    public override TFeature Feature<TFeature>(Func<FeatureContext, TFeature> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return _features.Get(create);
    }

    public override async Task ReauthenticateAsync(CancellationToken cancellationToken = default)
    {
        if (_reauthentication is not { } reauthentication)
        {
            throw new InvalidOperationException($"There is no {nameof(ChannelClientOptions.CredentialsProvider)} to ask for credentials.");
        }

        _sessions.ThrowIfClosed();
        if (State != ChannelState.Connected || !await PresentAsync(reauthentication, cancellationToken).ConfigureAwait(false))
        {
            await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        var start = Stopwatch.GetTimestamp();
        await EndsAsync(_features.DisposeAsync(), FeaturesDone, start).ConfigureAwait(false);
        var running = Close();
        if (!await EndsAsync(running, Closed, start).ConfigureAwait(false))
        {
            _sessions.Current?.Connection?.Abort();
            await EndsAsync(running, Aborted, start).ConfigureAwait(false);
        }
    }

    // For containers that are disposed of synchronously: nothing is waited for, so the server learns it from the broken connection.
    public void Dispose()
    {
        _ = _features.DisposeAsync();
        Close();
        _sessions.Current?.Connection?.Abort();
    }

    private async Task<bool> PresentAsync(Reauthentication reauthentication, CancellationToken cancellationToken)
    {
        try
        {
            return await reauthentication.RunAsync(_loop.Stopping).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_loop.Stopping.IsCancellationRequested)
        {
            _sessions.ThrowIfClosed();
            throw;
        }
    }

    private Task Close() => _loop.Close(new LoopException(ErrorCodes.Closed, "The channel was disposed of."));

    private static async Task<bool> EndsAsync(Task task, TimeSpan by, long start)
    {
        var rest = by - Stopwatch.GetElapsedTime(start);
        await task.WaitAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }
}
