namespace Loop.Sdk.Push;

/// <summary>Says hello on a new session: who this client is, and whether the server has the same subscriptions.</summary>
internal sealed class Greeter(PushServices services, KeyBook keys, SubscriptionBook book, Func<KeptKeys, KeptSubscription> open)
{
    /// <summary>A subscription was lost, or has moved.</summary>
    public required Action<PushSubscriptionChange> Changed { get; init; }

    /// <summary>How urgent messages must be.</summary>
    public PushUrgency Urgency { get; set; } = services.Options.Urgency;

    /// <summary>What the server says of a subscription, if it makes sense.</summary>
    /// <returns>The endpoint.</returns>
    /// <exception cref="LoopException"><c>protocol_error</c>.</exception>
    public static string Checked(PushSubscriptionInfo? info, string channel) =>
        info?.Channel == channel && EndpointUri.TryRead(info.Endpoint, out _) ? info.Endpoint : throw PushCodes.Nonsense("a subscription has no endpoint, or is another one");

    public async Task GreetAsync(CancellationToken cancellationToken)
    {
        var known = await keys.ReadAsync(cancellationToken).ConfigureAwait(false);
        book.Load(known.Subscriptions.Select(open));
        var welcome = await services.Push.HelloAsync(
            new PushHello { Agent = known.Agent, Secret = known.Secret, Urgency = Urgency }, cancellationToken).ConfigureAwait(false);
        if (welcome is not { Agent.Length: > 0 and <= PushKeyDocument.MaxIdentity } || (welcome.IsNew && welcome.Secret is not { Length: > 0 and <= PushKeyDocument.MaxIdentity }) || (!welcome.IsNew && welcome.Agent != known.Agent))
        {
            throw PushCodes.Nonsense("a welcome without an agent");
        }

        if (welcome.IsNew)
        {
            await BeginAnewAsync(welcome, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await CompareAsync(cancellationToken).ConfigureAwait(false);
        }

        services.Log.Attached(welcome.Agent, book.All.Count, welcome.IsNew);
    }

    /// <summary>A subscription has another endpoint.</summary>
    public Task MoveAsync(KeptSubscription subscription, string endpoint, CancellationToken cancellationToken)
    {
        subscription.MoveTo(endpoint);
        return keys.ChangeAsync(
            document => document with { Subscriptions = [.. document.Subscriptions.Select(kept => kept.Channel == subscription.Channel ? kept with { Endpoint = endpoint } : kept)] },
            cancellationToken);
    }

    private async Task BeginAnewAsync(PushWelcome welcome, CancellationToken cancellationToken)
    {
        var lost = book.All;
        await keys.ChangeAsync(
            document => document with { Agent = welcome.Agent, Secret = welcome.Secret, Subscriptions = [] }, cancellationToken).ConfigureAwait(false);
        foreach (var subscription in lost)
        {
            Lose(subscription);
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        var list = await services.Push.ListAsync(cancellationToken).ConfigureAwait(false);
        var there = (list?.Items ?? throw PushCodes.Nonsense("a list without items")).ToDictionary(
            static info => info?.Channel ?? throw PushCodes.Nonsense("a subscription without a channel"), StringComparer.Ordinal);
        foreach (var subscription in book.All)
        {
            if (!there.TryGetValue(subscription.Channel, out var info))
            {
                await keys.ChangeAsync(document => ContractPushClient.Without(document, subscription), cancellationToken).ConfigureAwait(false);
                Lose(subscription);
            }
            else if (Checked(info, subscription.Channel) is var endpoint && endpoint != subscription.Endpoint.OriginalString)
            {
                await MoveAsync(subscription, endpoint, cancellationToken).ConfigureAwait(false);
                services.Log.SubscriptionMoved(subscription.Name);
                Changed(new(subscription, PushSubscriptionChangeKind.Moved));
            }
        }

        foreach (var channel in there.Keys.Where(book.IsOrphan))
        {
            await EndOrphanAsync(channel, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Lose(KeptSubscription subscription)
    {
        if (book.Remove(subscription))
        {
            services.Log.SubscriptionLost(subscription.Name);
            Changed(new(subscription, PushSubscriptionChangeKind.Lost));
            subscription.End(PushCodes.Lost());
        }
    }

    private async Task EndOrphanAsync(string channel, CancellationToken cancellationToken)
    {
        try
        {
            await services.Push.UnsubscribeAsync(new PushChannelRef(channel), cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error)
        {
            services.Log.OrphanFailed(error);
        }
    }
}
