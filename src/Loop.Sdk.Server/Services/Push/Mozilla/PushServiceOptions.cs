namespace Loop.Sdk.Server.Push;

/// <summary>How the push service for browsers behaves (see <see cref="Microsoft.AspNetCore.Builder.LoopPushServiceEndpointRouteBuilderExtensions"/>). The defaults are those of Mozilla's.</summary>
public sealed class PushServiceOptions
{
    /// <summary>How long a browser has to say hello. 100 ms to 1 minute; 5 s by default.</summary>
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the server pings a browser. 1 s to 1 hour; 5 minutes by default.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a browser has to answer. 100 ms to 5 minutes; 10 s by default.</summary>
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a browser may ping the server; a second ping sooner ends the connection. 0 to 1 hour; 45 s by default.</summary>
    public TimeSpan LeastPingInterval { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How many stored messages are sent before all of them must be acknowledged. 1 to 1 000; 10 by default.</summary>
    public int BatchSize { get; set; } = 10;

    /// <summary>
    /// Whether stored messages without a topic are forgotten only when the whole batch was acknowledged, as Mozilla's service does, so that clients made for that one see no difference: true
    /// by default. If false, each is forgotten on its own acknowledgement, and fewer come twice.
    /// </summary>
    public bool AcknowledgeWholeBatches { get; set; } = true;

    /// <summary>
    /// After how many stored messages on one connection a browser is made to begin anew, with a new identity and no subscriptions: Mozilla's service does that after 150. Null (default):
    /// never.
    /// </summary>
    public int? MessageLimit { get; set; }

    /// <summary>Bytes of a browser's message. 1 024 to 1 MiB; 64 KiB by default.</summary>
    public int MaxMessage { get; set; } = 64 * 1024;
}
