using System.Collections.Concurrent;
using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Testing.Tests.Presence.Harness;

/// <summary>Takes the place of the server's availability, and keeps what devices report.</summary>
internal sealed class ReportCounter : IAvailability
{
    private readonly ConcurrentQueue<AvailabilityState> _reports = new();

    public int Count => _reports.Count;

    public string States => string.Join(' ', _reports);

    public Task ReportAsync(ActivityReport report, CancellationToken cancellationToken = default)
    {
        _reports.Enqueue(report.State);
        return Task.CompletedTask;
    }

    public Task SetStatusAsync(OwnStatus status, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public IFeed<AccountAvailability, AccountAvailability> Watch() => throw new NotSupportedException();

    public Task<Grant> GrantAsync(GrantRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task RevokeAsync(ApplicationRef application, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IFeed<KeyedSnapshot<Grant>, KeyedChange<string, Grant>> Grants() => throw new NotSupportedException();
}
