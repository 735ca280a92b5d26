namespace Loop.Sdk.Server.Push;

/// <summary>How push behaves. Checked when the host starts: a value out of range stops it with an <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>.</summary>
public sealed class PushOptions
{
    /// <summary>
    /// The origin of endpoints as application servers see it, for example <c>https://push.example</c>: also what their VAPID tokens have to name. Null (default): the first address that the
    /// host listens on, which is right during development only.
    /// </summary>
    public Uri? PublicOrigin { get; set; }

    /// <summary>Bytes of a message's body. 4 096 to 65 536; 5 630 by default, as Mozilla's service takes. Senders may rely on 4 096 only.</summary>
    public int MaxBody { get; set; } = 5630;

    /// <summary>How long a message may wait. A longer TTL is shortened, and the answer says so. 1 minute to 365 days; 30 days by default.</summary>
    public TimeSpan MaxTimeToLive { get; set; } = TimeSpan.FromDays(30);

    /// <summary>After how long without a connection an agent is removed, with its subscriptions. 1 day to 10 years; 60 days by default.</summary>
    public TimeSpan AgentLifetime { get; set; } = TimeSpan.FromDays(60);

    /// <summary>How long an endpoint that is gone is answered with 410 rather than 404. 1 hour to 10 years; 60 days by default.</summary>
    public TimeSpan GoneLifetime { get; set; } = TimeSpan.FromDays(60);

    /// <summary>How many agents an account may have. The one that was away for the longest time makes room. 1 to 10 000; 20 by default.</summary>
    public int MaxAgents { get; set; } = 20;

    /// <summary>How many subscriptions an agent may have. 1 to 100 000; 1 000 by default.</summary>
    public int MaxSubscriptions { get; set; } = 1000;

    /// <summary>How many messages may wait for a subscription. 1 or more; 1 000 by default.</summary>
    public int MaxSubscriptionMessages { get; set; } = 1000;

    /// <summary>How many bytes of bodies may wait for a subscription. At least 4 096; 4 MiB by default.</summary>
    public long MaxSubscriptionBytes { get; set; } = 4 << 20;

    /// <summary>How many messages may wait for an account, or for a browser. 1 or more; 10 000 by default.</summary>
    public int MaxAccountMessages { get; set; } = 10_000;

    /// <summary>How many bytes of bodies may wait for an account, or for a browser. At least 4 096; 32 MiB by default.</summary>
    public long MaxAccountBytes { get; set; } = 32 << 20;

    /// <summary>How many messages are sent to a client that does not acknowledge any. 1 to 10 000; 500 by default.</summary>
    public int MaxUnacknowledged { get; set; } = 500;

    /// <summary>How often an endpoint may be posted to; exceeding it is answered with status 429. Null for as often as one likes. By default 50 a second, 1 000 at once.</summary>
    public RateLimit? EndpointRate { get; set; } = new(50, 1000);

    /// <summary>How long a body may take to arrive. 100 ms to 10 minutes; 10 s by default.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long receipts wait for their reader. 1 minute to 365 days; 31 days by default, so that a message's expiry is told too.</summary>
    public TimeSpan ReceiptLifetime { get; set; } = TimeSpan.FromDays(31);

    /// <summary>How long a request for receipts is kept open while there are none. 0 to 10 minutes; 30 s by default.</summary>
    public TimeSpan ReceiptWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often what has expired is removed. 1 s to 1 day; 1 minute by default. Messages that have expired are not delivered in any case.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);
}
