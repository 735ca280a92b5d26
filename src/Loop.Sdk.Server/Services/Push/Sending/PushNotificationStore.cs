using System.Text.Json;
using Loop.Sdk.Presence;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Notifications;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Push;

/// <summary>Keeps notifications that nobody took live: a message for each of the account's agents, and one to each of its subscriptions elsewhere.</summary>
internal sealed class PushNotificationStore(PushCore core, IWebPushSender? sender = null) : INotificationStore
{
    public async ValueTask<bool> StoreAsync(Notification notification, string account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var body = JsonSerializer.SerializeToUtf8Bytes(notification, PresenceJson.Default.Notification);
        var stored = await Task.WhenAll(StoreForAgentsAsync(account, body, cancellationToken), SendAsync(account, body, cancellationToken)).ConfigureAwait(false);
        return stored[0] || stored[1];
    }

    private async Task<bool> StoreForAgentsAsync(string account, byte[] body, CancellationToken cancellationToken)
    {
        if (body.Length > PushStorageLimits.MaxBody)
        {
            return false;
        }

        var agents = await core.Storage.Agents.ListAsync(account, cancellationToken).ConfigureAwait(false);
        var now = core.Now;
        var outcomes = await Task.WhenAll(agents.Select(agent => core.AcceptAsync(
            new NewPushMessage { Id = PushId.New(), Agent = agent.Id, Body = body, SentAt = now, ExpiresAt = now + (long)core.Options.MaxTimeToLive.TotalMilliseconds },
            agent.Id,
            channel: null,
            cancellationToken))).ConfigureAwait(false);
        return Array.Exists(outcomes, static result => result.Outcome == PushStoreOutcome.Done);
    }

    private async Task<bool> SendAsync(string account, byte[] body, CancellationToken cancellationToken) =>
        sender is not null && body.Length <= WebPushEncryption.MaxContent
        && (await sender.SendAllAsync(account, body, message: null, cancellationToken).ConfigureAwait(false)).Values.Any(static result => result.Outcome == WebPushOutcome.Accepted);
}
