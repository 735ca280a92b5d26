using Loop.Sdk.Presence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Notifications;

/// <summary>Asks every live client, then the store.</summary>
internal sealed class Notifier(
    LoopServer server,
    KnownAccounts accounts,
    IEnumerable<INotificationStore> stores,
    IOptions<NotificationOptions> options,
    TimeProvider time,
    ILogger<Notifier> logger) : INotifier
{
    private const int LongestId = 128;
    private const int LongestKind = 64;

    private readonly INotificationStore? _store = stores.LastOrDefault();
    private readonly NotificationLog _log = new(logger);

    public async Task<IReadOnlyDictionary<string, NotificationOutcome>> NotifyAsync(
        Notification notification, IReadOnlyList<string> accounts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ArgumentNullException.ThrowIfNull(accounts);
        Check(notification.Id, LongestId, "id");
        Check(notification.Kind, LongestKind, "kind");
        var outcomes = await Task.WhenAll(accounts.Distinct(StringComparer.Ordinal).Select(async account =>
            KeyValuePair.Create(account, await NotifyAsync(notification, account, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return outcomes.ToDictionary(StringComparer.Ordinal);
    }

    private static void Check(string? value, int most, string name)
    {
        if (!RequestCheck.IsVisible(value, 1, most))
        {
            throw new ArgumentException($"The notification's {name} has to be 1 to {most} visible characters of ASCII.", nameof(value));
        }
    }

    private async Task<NotificationOutcome> NotifyAsync(Notification notification, string account, CancellationToken cancellationToken)
    {
        var live = server.Registry.Of(account);
        if (await DeliverAsync(notification, [.. live.Where(static session => session.IsAttached).Select(static session => session.Context)], cancellationToken).ConfigureAwait(false))
        {
            return NotificationOutcome.Delivered;
        }

        if (live.Count == 0 && !await accounts.HasAsync(account, cancellationToken).ConfigureAwait(false))
        {
            return NotificationOutcome.Unknown;
        }

        return await StoreAsync(notification, account, cancellationToken).ConfigureAwait(false) ? NotificationOutcome.Stored : NotificationOutcome.Unavailable;
    }

    // The others go on after the first acknowledgement: each device is told, but nobody waits for all.
    private async Task<bool> DeliverAsync(Notification notification, IReadOnlyList<LoopSession> live, CancellationToken cancellationToken)
    {
        var asked = live.Select(session => DeliverAsync(notification, session)).ToList();
        while (asked.Count > 0)
        {
            var answered = await Task.WhenAny(asked).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (await answered.ConfigureAwait(false))
            {
                return true;
            }

            asked.Remove(answered);
        }

        return false;
    }

    private async Task<bool> DeliverAsync(Notification notification, LoopSession session)
    {
        using var patience = new CancellationTokenSource(options.Value.Timeout, time);
        try
        {
            await session.GetClient<INotifications>().DeliverAsync(notification, patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (LoopException error)
        {
            _log.NotTaken(session.Id, error.Code);
        }
        catch (OperationCanceledException)
        {
            _log.NotTaken(session.Id, ErrorCodes.DeadlineExceeded);
        }

        return false;
    }

    private async Task<bool> StoreAsync(Notification notification, string account, CancellationToken cancellationToken)
    {
        try
        {
            return _store is not null && await _store.StoreAsync(notification, account, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // One account's trouble must not take the others' answers away.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _log.StoreFailed(exception);
            return false;
        }
    }
}
