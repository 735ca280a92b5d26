namespace Loop.Sdk.Server.Push;

/// <summary>How messages are sent to push services. Checked when the host starts.</summary>
public sealed class WebPushSenderOptions
{
    /// <summary>Whom push services may write to about this server: a <c>mailto:</c> or <c>https:</c> URI. Some refuse messages without it.</summary>
    public string? Subject { get; set; }

    /// <summary>
    /// Whether endpoints may be at private addresses, and without TLS: for development and tests only. Endpoints come from clients, who could otherwise make the server post into its own
    /// network. False by default.
    /// </summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>How long a push service may take. 100 ms to 5 minutes; 10 s by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long a message waits when the push service asks for patience; what would take longer is given back at once. 0 to 10 minutes; 30 s by default.</summary>
    public TimeSpan MaxRetryWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a message is tried at most. 1 to 10; 3 by default.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How many subscriptions an account may have. The oldest makes room. 1 to 1 000; 20 by default.</summary>
    public int MaxEndpoints { get; set; } = 20;

    /// <summary>Told when a subscription was forgotten since the push service said that it ended: the account, and the endpoint.</summary>
    public Func<string, Uri, ValueTask>? Gone { get; set; }
}
