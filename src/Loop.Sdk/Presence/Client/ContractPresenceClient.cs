using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loop.Sdk.Presence;

/// <summary>The real client of presence, on its contracts.</summary>
internal sealed class ContractPresenceClient : PresenceClient, IDisposable
{
    private readonly PresenceServices _services;
    private readonly EntryKeeper _entries;
    private readonly ContractAvailability _availability;

    private ContractPresenceClient(PresenceServices services)
    {
        _services = services;
        _entries = new EntryKeeper(services);
        _availability = new ContractAvailability(services);
        People = new ContractPeople(services.Channel.Service<IPeople>());
    }

    public override AvailabilityClient Availability => _availability;

    public override PeopleClient People { get; }

    public override NotificationInbox Notifications => _services.Channel.Feature(context => ServedInbox.Create(context, _services.Options));

    public static new ContractPresenceClient Create(ChannelClient channel, PresenceClientOptions? options, ILoggerFactory? loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(channel);
        options ??= new PresenceClientOptions();
        PresenceClientOptionsValidator.Check(options);
        return new ContractPresenceClient(new PresenceServices(channel, options.Copy(), (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<PresenceClient>()));
    }

    public override Task<PresenceEntry> EnterAsync(string scope, JsonElement? data = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return _entries.EnterAsync(scope, PresenceJsonData.Checked(data), cancellationToken);
    }

    public override PresenceScope Watch(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new WatchedScope(_services.Presence, scope);
    }

    public override Task<PresenceSnapshot> GetAsync(string scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return _services.Presence.GetAsync(new ScopeRef(scope), cancellationToken);
    }

    public override Task KickAsync(string scope, string member, bool wholeUser = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(member);
        return _services.Presence.KickAsync(new KickMember { Scope = scope, Member = member, WholeUser = wholeUser }, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        _availability.Stop();
        await _entries.DisposeAsync().ConfigureAwait(false);
    }

    // For containers that are disposed of synchronously: nothing is waited for.
    public void Dispose() => _ = DisposeAsync().AsTask();
}
