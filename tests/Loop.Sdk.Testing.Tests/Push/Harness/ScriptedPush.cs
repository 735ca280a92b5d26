using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Loop.Sdk.Push;

namespace Loop.Sdk.Testing.Tests.Push.Harness;

/// <summary>A server of push that keeps everything, sends what the test wants, and lies if the test wants it.</summary>
internal sealed class ScriptedPush : IPush
{
    private readonly Lock _lock = new();
    private readonly List<PushMessage> _unacknowledged = [];
    private readonly List<PushAcknowledgement> _acknowledged = [];
    private Channel<PushMessage> _live = Channel.CreateUnbounded<PushMessage>();
    private TaskCompletionSource _change = NewChange();
    private int _agents;

    public Dictionary<string, PushSubscriptionInfo> Subscriptions { get; } = [];

    /// <summary>The agent that is known; null for none.</summary>
    public string? Agent { get; set; }

    public PushUrgency Urgency { get; private set; }

    /// <summary>How many times a client said hello.</summary>
    public int Hellos { get; private set; }

    /// <summary>How many acknowledgements get lost on their way from now on.</summary>
    public int AcknowledgementsToLose { get; set; }

    public int AcknowledgeCalls { get; private set; }

    /// <summary>Keeps acknowledgements from arriving, if set, until their session ends.</summary>
    public bool HoldsAcknowledgements { get; set; }

    /// <summary>What a hello is answered with, instead of the truth.</summary>
    public Func<PushWelcome>? Welcome { get; set; }

    /// <summary>What a subscription looks like, instead of what it is.</summary>
    public Func<PushSubscriptionInfo, PushSubscriptionInfo> Shown { get; set; } = static info => info;

    /// <summary>What subscribing fails with.</summary>
    public LoopException? Refusal { get; set; }

    public IReadOnlyList<PushAcknowledgement> Acknowledged
    {
        get
        {
            lock (_lock)
            {
                return [.. _acknowledged];
            }
        }
    }

    public static PushMessage Sealed(PushSubscription subscription, string id, string content, bool legacy = false)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var message = new PushMessage { Id = id, Channel = "", SentAt = DateTimeOffset.UnixEpoch, Urgency = PushUrgency.High, Topic = "t" };
        if (!legacy)
        {
            return message with { Encoding = WebPushEncryption.ContentEncoding, Body = WebPushEncryption.Encrypt(bytes, subscription.Recipient) };
        }

        var old = LegacyWebPushEncryption.Encrypt(bytes, subscription.Recipient);
        return message with { Encoding = LegacyWebPushEncryption.ContentEncoding, Body = old.Body, Encryption = old.Encryption, CryptoKey = old.CryptoKey };
    }

    /// <summary>The channel of a subscription.</summary>
    public string ChannelOf(PushSubscription subscription) => Subscriptions.Values.Single(info => info.Endpoint == subscription.Endpoint.AbsoluteUri).Channel;

    public void Post(PushSubscription subscription, string id, string content, bool legacy = false) =>
        Post(Sealed(subscription, id, content, legacy) with { Channel = ChannelOf(subscription) });

    public void Post(PushMessage message)
    {
        lock (_lock)
        {
            _unacknowledged.Add(message);
            _live.Writer.TryWrite(message);
        }
    }

    /// <summary>Ends what is being received, with an error.</summary>
    public void EndReceiving(LoopException error)
    {
        lock (_lock)
        {
            _live.Writer.TryComplete(error);
        }
    }

    public async Task UntilAsync(Func<ScriptedPush, bool> condition)
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (condition(this))
                {
                    return;
                }

                change = _change.Task;
            }

            await change;
        }
    }

    public Task UntilAcknowledgedAsync(int count) => UntilAsync(server => server._acknowledged.Count >= count);

    public Task<PushWelcome> HelloAsync(PushHello hello, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            Hellos++;
            Urgency = hello.Urgency;
            Changed();
            if (Welcome is { } lie)
            {
                return Task.FromResult(lie());
            }

            if (hello.Agent is not null && hello.Agent == Agent && hello.Secret == $"secret of {Agent}")
            {
                return Task.FromResult(new PushWelcome { Agent = Agent, IsNew = false });
            }

            Subscriptions.Clear();
            Agent = $"agent-{++_agents}";
            return Task.FromResult(new PushWelcome { Agent = Agent, Secret = $"secret of {Agent}", IsNew = true });
        }
    }

    public Task<PushSubscriptionInfo> SubscribeAsync(SubscribePush request, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Refusal is { } refusal)
            {
                throw refusal;
            }

            var info = new PushSubscriptionInfo { Channel = request.Channel, Endpoint = NewEndpoint(), ApplicationServerKey = request.ApplicationServerKey };
            Subscriptions.TryAdd(request.Channel, info);
            return Task.FromResult(Shown(Subscriptions[request.Channel]));
        }
    }

    public Task UnsubscribeAsync(PushChannelRef channel, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            Subscriptions.Remove(channel.Channel);
            Changed();
            return Task.CompletedTask;
        }
    }

    public Task<PushSubscriptionInfo> RotateAsync(PushChannelRef channel, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!Subscriptions.TryGetValue(channel.Channel, out var info))
            {
                throw new LoopException(ErrorCodes.SubscriptionNotFound, "Gone.");
            }

            return Task.FromResult(Subscriptions[channel.Channel] = info with { Endpoint = NewEndpoint() });
        }
    }

    public Task<PushSubscriptions> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(new PushSubscriptions([.. Subscriptions.Values.Select(Shown)]));
        }
    }

    public IAsyncEnumerable<PushMessage> Receive() => ReceiveAsync(CancellationToken.None);

    public Task AcknowledgeAsync(AcknowledgePush request, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (HoldsAcknowledgements)
            {
                return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            AcknowledgeCalls++;
            _acknowledged.AddRange(request.Items);
            if (AcknowledgementsToLose > 0)
            {
                AcknowledgementsToLose--;
            }
            else
            {
                _unacknowledged.RemoveAll(message => request.Items.Any(item => item.Id == message.Id));
            }

            Changed();
            return Task.CompletedTask;
        }
    }

    public Task SetUrgencyAsync(PushUrgencyRequest request, CancellationToken cancellationToken = default)
    {
        Urgency = request.Least;
        return Task.CompletedTask;
    }

    public Task ForgetAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string NewEndpoint() => $"https://push.example/push/v1/{Guid.NewGuid():N}";

    private async IAsyncEnumerable<PushMessage> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<PushMessage> live;
        lock (_lock)
        {
            live = _live = Channel.CreateUnbounded<PushMessage>();
            _unacknowledged.ForEach(message => live.Writer.TryWrite(message));
        }

        await foreach (var message in live.Reader.ReadAllAsync(cancellationToken))
        {
            yield return message;
        }
    }

    // The lock is held.
    private void Changed()
    {
        _change.TrySetResult();
        _change = NewChange();
    }
}
