using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Push;

/// <summary>One session's calls to <c>loop.push/1</c>.</summary>
internal sealed class PushHandler(PushCore core, LoopSession session) : IPush, IDisposable
{
    private const int PageSize = 100;

    private readonly SemaphoreSlim _greeting = new(1, 1);
    private volatile PushAttachment? _attachment;
    private volatile bool _isDisposed;
    private PushUrgency _urgency;

    public async Task<PushWelcome> HelloAsync(PushHello hello, CancellationToken cancellationToken)
    {
        var account = session.PrincipalId.Length > 0 ? session.PrincipalId : throw PushErrors.Of(ErrorCodes.AccountRequired);
        var urgency = Checked(RequestCheck.Some(hello).Urgency);
        await _greeting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var isKnown = await core.Agents.IsAsync(hello.Agent, hello.Secret, account, cancellationToken).ConfigureAwait(false);
            var agent = isKnown ? hello.Agent! : PushId.New();
            var secret = isKnown ? null : PushId.NewSecret();
            if (secret is not null)
            {
                await core.Agents.AddAsync(agent, secret, account, cancellationToken).ConfigureAwait(false);
            }

            _urgency = urgency;
            Attach(agent);
            return new PushWelcome { Agent = agent, Secret = secret, IsNew = !isKnown };
        }
        finally
        {
            _greeting.Release();
        }
    }

    public async Task<PushSubscriptionInfo> SubscribeAsync(SubscribePush request, CancellationToken cancellationToken)
    {
        var agent = Agent;
        var key = Checked(RequestCheck.Some(request).ApplicationServerKey);
        var result = await core.Agents.SubscribeAsync(agent, Checked(request.Channel), key, cancellationToken).ConfigureAwait(false);
        return result.Outcome switch
        {
            PushSubscribeOutcome.Done or PushSubscribeOutcome.Exists => View(result.Subscription!),
            PushSubscribeOutcome.Conflict => throw PushErrors.Of(ErrorCodes.SubscriptionConflict),
            PushSubscribeOutcome.TooMany => throw PushErrors.Of(ErrorCodes.TooManySubscriptions),
            _ => throw PushErrors.Of(ErrorCodes.AgentRequired),
        };
    }

    public Task UnsubscribeAsync(PushChannelRef channel, CancellationToken cancellationToken) =>
        core.Agents.UnsubscribeAsync(Agent, Checked(RequestCheck.Some(channel).Channel), cancellationToken);

    public async Task<PushSubscriptionInfo> RotateAsync(PushChannelRef channel, CancellationToken cancellationToken)
    {
        var agent = Agent;
        var rotated = await core.Storage.Agents.RotateAsync(agent, Checked(RequestCheck.Some(channel).Channel), PushId.New(), core.Now, cancellationToken).ConfigureAwait(false);
        return View(rotated ?? throw PushErrors.Of(ErrorCodes.SubscriptionNotFound));
    }

    public async Task<PushSubscriptions> ListAsync(CancellationToken cancellationToken) =>
        new([.. (await core.Storage.Agents.ListSubscriptionsAsync(Agent, cancellationToken).ConfigureAwait(false)).Select(View)]);

    public IAsyncEnumerable<PushMessage> Receive() => ReceiveAsync(CancellationToken.None);

    public Task AcknowledgeAsync(AcknowledgePush request, CancellationToken cancellationToken)
    {
        var agent = Agent;
        var items = RequestCheck.Some(request).Items;
        if (items.Count > PushStorageLimits.MaxItems)
        {
            throw PushErrors.Invalid($"At most {PushStorageLimits.MaxItems} messages can be acknowledged at once.");
        }

        return core.AcknowledgeAsync(agent, [.. items.Select(static item => (PushId.IsId(item?.Id) ? item.Id : throw PushErrors.Invalid("A message's id is malformed."), OutcomeOf(item.Code)))]);
    }

    public Task SetUrgencyAsync(PushUrgencyRequest request, CancellationToken cancellationToken)
    {
        var urgency = Checked(RequestCheck.Some(request).Least);
        Attachment.Route?.SetUrgency(urgency);
        _urgency = urgency;
        return Task.CompletedTask;
    }

    public Task ForgetAsync(CancellationToken cancellationToken) => core.Agents.RemoveAsync(Agent, cancellationToken);

    public void Dispose()
    {
        _isDisposed = true;
        if (_attachment is { } attachment)
        {
            core.Attachments.Detach(attachment);
        }

        _greeting.Dispose();
    }

    private PushAttachment Attachment
    {
        get
        {
            if (session.PrincipalId.Length == 0)
            {
                throw PushErrors.Of(ErrorCodes.AccountRequired);
            }

            var attachment = _attachment ?? throw PushErrors.Of(ErrorCodes.AgentRequired);
            attachment.Check();
            return attachment;
        }
    }

    private string Agent => Attachment.Agent;

    private void Attach(string agent)
    {
        var before = _attachment;
        var attachment = core.Attachments.Attach(agent);
        _attachment = attachment;
        if (before is not null)
        {
            core.Attachments.Detach(before);
        }

        // The session may have ended meanwhile, and then nobody else would say so.
        if (_isDisposed)
        {
            core.Attachments.Detach(attachment);
        }
    }

    private async IAsyncEnumerable<PushMessage> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var attachment = Attachment;
        var route = attachment.Open(_urgency, PageSize);
        try
        {
            while (true)
            {
                var (message, isStored) = await route.TakeAsync(static () => true, cancellationToken).ConfigureAwait(false);
                core.Metrics.Delivered(isStored);
                yield return View(message);
            }
        }
        finally
        {
            attachment.Close(route);
        }
    }

    private PushSubscriptionInfo View(PushSubscriptionRecord subscription) => new()
    {
        Channel = subscription.Channel,
        Endpoint = core.Addresses.OfEndpoint(subscription.Endpoint),
        ApplicationServerKey = IfAny(subscription.ServerKey),
    };

    private static PushMessage View(PushMessageRecord message) => new()
    {
        Id = message.Id,
        Channel = message.Channel ?? PushMessage.NotificationsChannel,
        Body = IfAny(message.Body),
        Encoding = message.Encoding,
        Encryption = message.Encryption,
        CryptoKey = message.CryptoKey,
        Topic = message.Topic,
        Urgency = message.Urgency,
        SentAt = DateTimeOffset.FromUnixTimeMilliseconds(message.SentAt),
    };

    private static ReadOnlyMemory<byte>? IfAny(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty ? (ReadOnlyMemory<byte>?)null : bytes;

    private static string Checked(string? channel) => PushId.IsChannel(channel) ? channel : throw PushErrors.Invalid("The channel is no UUID in lower case with dashes.");

    // JSON may give an enumeration as a number, and that any.
    private static PushUrgency Checked(PushUrgency urgency) => Enum.IsDefined(urgency) ? urgency : throw PushErrors.Invalid("The urgency is none of those that there are.");

    private static PushOutcome OutcomeOf(PushAckCode code) => code switch
    {
        PushAckCode.Delivered => PushOutcome.Delivered,
        PushAckCode.DecryptionFailed => PushOutcome.DecryptionFailed,
        PushAckCode.NotDelivered => PushOutcome.NotDelivered,
        _ => throw PushErrors.Invalid("The code is none of 100, 101 and 102."),
    };

    private static ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte>? key)
    {
        if (key is not { } given)
        {
            return default;
        }

        using var checking = ECDsa.Create();
        PushPoint.Import(checking, given.Span);
        return given;
    }
}
