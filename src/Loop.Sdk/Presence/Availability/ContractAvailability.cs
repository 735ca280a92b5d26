using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>The real availability, on its contract.</summary>
internal sealed class ContractAvailability(PresenceServices services) : AvailabilityClient
{
    private readonly IAvailability _availability = services.Channel.Service<IAvailability>();
    private readonly ActivityReporter _reporter = new(services);

    public override AvailabilityState State => _reporter.State;

    public override IFeed<AccountAvailability, AccountAvailability> Changes => _availability.Watch();

    public override IFeed<KeyedSnapshot<Grant>, KeyedChange<string, Grant>> Grants => _availability.Grants();

    public override void Touch() => _reporter.Touch();

    public override void StepAway() => _reporter.StepAway();

    public override Task SetStatusAsync(StatusMode mode, string? text = null, CancellationToken cancellationToken = default) =>
        _availability.SetStatusAsync(new OwnStatus { Mode = mode, Text = text }, cancellationToken);

    public override Task<Grant> GrantAsync(string application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        return _availability.GrantAsync(new GrantRequest(application), cancellationToken);
    }

    public override Task RevokeAsync(string application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        return _availability.RevokeAsync(new ApplicationRef(application), cancellationToken);
    }

    public void Stop() => _reporter.Stop();
}
