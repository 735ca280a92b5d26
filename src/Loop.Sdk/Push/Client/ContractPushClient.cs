using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Loop.Sdk.Presence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loop.Sdk.Push;

/// <summary>The real client of push, on its contract.</summary>
internal sealed class ContractPushClient : PushClient, IDisposable
{
    private const int MaxName = 128;
    private const int MaxChanges = 10_000;

    private readonly CancellationTokenSource _lifetime = new();
    private readonly SemaphoreSlim _subscribing = new(1, 1);
    private readonly Channel<PushSubscriptionChange> _changes =
        Channel.CreateBounded<PushSubscriptionChange>(new BoundedChannelOptions(MaxChanges) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly PushServices _services;
    private readonly KeyBook _keys;
    private readonly SubscriptionBook _book = new();
    private readonly AgentSession _session;
    private readonly Greeter _greeter;
    private readonly Acknowledger _acknowledger;
    private readonly MessageSorter _sorter;

    private ContractPushClient(PushServices services)
    {
        _services = services;
        _keys = new KeyBook(services.Options.KeyStore ?? new MemoryPushKeyStore());
        _greeter = new Greeter(services, _keys, _book, kept => new KeptSubscription(this, kept)) { Changed = change => _changes.Writer.TryWrite(change) };
        _sorter = new MessageSorter(services, _book) { Acknowledge = (id, code, isAwaited) => _acknowledger!.Add(id, code, isAwaited) };
        _session = new AgentSession(services, _greeter.GreetAsync, _sorter.TakeInAsync, _lifetime.Token);
        _acknowledger = new Acknowledger(services, _session, _sorter.Told, _lifetime.Token);
    }

    /// <summary>The attempt to be attached that is under way.</summary>
    /// <exception cref="LoopException"><c>closed</c>.</exception>
    public AgentRun Run => _lifetime.IsCancellationRequested ? throw PushCodes.Closed() : _session.Run;

    public static new ContractPushClient Create(ChannelClient channel, PushClientOptions? options, ILoggerFactory? loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(channel);
        options ??= new PushClientOptions();
        PushClientOptionsValidator.Check(options);
        return new ContractPushClient(new PushServices(channel, options.Copy(), (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<PushClient>()));
    }

    public override async Task<PushSubscription> SubscribeAsync(
        string name, ReadOnlyMemory<byte>? applicationServerKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxName);
        await Run.WhenAttachedAsync(cancellationToken).ConfigureAwait(false);
        await _subscribing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_book.FindByName(name) is { } known)
            {
                // What could not be saved before is saved now.
                await _keys.ChangeAsync(static document => document, cancellationToken).ConfigureAwait(false);
                return known.HasKey(applicationServerKey)
                    ? known
                    : throw new LoopException(ErrorCodes.SubscriptionConflict, "The subscription has another key. End it first.");
            }

            return await AddAsync(name, applicationServerKey, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _subscribing.Release();
        }
    }

    public override async Task<IReadOnlyList<PushSubscription>> ListAsync(CancellationToken cancellationToken = default)
    {
        await Run.WhenAttachedAsync(cancellationToken).ConfigureAwait(false);
        return _book.All;
    }

    public override async IAsyncEnumerable<PushSubscriptionChange> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _ = Run;
        await foreach (var change in _changes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return change;
        }
    }

    public override async IAsyncEnumerable<Notification> NotificationsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var notification in _sorter.Notifications.ReadAllAsync(
            () => Run, Taken, done => _ = _sorter.SettleAsync(done.Key, PushAckCode.Delivered, isAwaited: false), cancellationToken).ConfigureAwait(false))
        {
            yield return notification.Value;
        }
    }

    public override async Task SetUrgencyAsync(PushUrgency least, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(Enum.IsDefined(least), false, nameof(least));
        _greeter.Urgency = least;
        await CallAsync(token => _services.Push.SetUrgencyAsync(new PushUrgencyRequest(least), token), cancellationToken).ConfigureAwait(false);
    }

    public async Task RotateAsync(KeptSubscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            var moved = await _session.CallAsync(token => _services.Push.RotateAsync(new PushChannelRef(subscription.Channel), token), cancellationToken).ConfigureAwait(false);
            await _greeter.MoveAsync(subscription, Greeter.Checked(moved, subscription.Channel), cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error) when (error.Code == ErrorCodes.SubscriptionNotFound)
        {
            throw PushCodes.Lost();
        }
    }

    public async Task UnsubscribeAsync(KeptSubscription subscription, CancellationToken cancellationToken)
    {
        // First here: what the server still has and nobody here knows is ended at the next hello.
        await _keys.ChangeAsync(document => Without(document, subscription), cancellationToken).ConfigureAwait(false);
        if (_book.Remove(subscription))
        {
            subscription.End(PushCodes.Lost());
            await CallAsync(token => _services.Push.UnsubscribeAsync(new PushChannelRef(subscription.Channel), token), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A message was taken by its reader.</summary>
    public void Taken() => _sorter.Taken();

    /// <summary>A reader has had its time with a message.</summary>
    public void SettleAutomatically(string id)
    {
        if (_services.Options.AcknowledgeAutomatically)
        {
            _ = _sorter.SettleAsync(id, PushAckCode.Delivered, isAwaited: false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _acknowledger.FlushAsync().ConfigureAwait(false);
        await _lifetime.CancelAsync().ConfigureAwait(false);
        await _session.WhenStoppedAsync().ConfigureAwait(false);
        var closed = PushCodes.Closed();
        foreach (var subscription in _book.All)
        {
            subscription.End(closed);
        }

        _sorter.Notifications.End(closed);
        _changes.Writer.TryComplete();
    }

    // For containers that are disposed of synchronously: nothing is waited for.
    public void Dispose() => _ = DisposeAsync().AsTask();

    internal static PushKeyDocument Without(PushKeyDocument document, KeptSubscription subscription) => document.Subscriptions.Any(kept => kept.Channel == subscription.Channel)
        ? document with { Subscriptions = [.. document.Subscriptions.Where(kept => kept.Channel != subscription.Channel)] }
        : document;

    private async Task<KeptSubscription> AddAsync(string name, ReadOnlyMemory<byte>? applicationServerKey, CancellationToken cancellationToken)
    {
        var channel = Guid.NewGuid().ToString();
        using var keys = WebPushKeys.Generate();
        _book.Begin(channel);
        try
        {
            var request = new SubscribePush { Channel = channel, ApplicationServerKey = applicationServerKey };
            var made = await _session.CallAsync(token => _services.Push.SubscribeAsync(request, token), cancellationToken).ConfigureAwait(false);
            var kept = new KeptKeys(name, channel, Greeter.Checked(made, channel), keys.Export(), applicationServerKey?.ToArray());
            var subscription = new KeptSubscription(this, kept);
            _book.Add(subscription);
            await _keys.ChangeAsync(document => document with { Subscriptions = [.. document.Subscriptions, kept] }, cancellationToken).ConfigureAwait(false);
            return subscription;
        }
        finally
        {
            _book.Finish(channel);
        }
    }

    private Task<bool> CallAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken) => _session.CallAsync(
        async token =>
        {
            await call(token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);
}
