namespace Loop.Sdk.Server.Push;

/// <summary>What came of a message to a push service.</summary>
public enum WebPushOutcome
{
    /// <summary>The push service took it.</summary>
    Accepted,

    /// <summary>The subscription ended (404 or 410): forget it.</summary>
    Gone,

    /// <summary>The push service takes no message that long (413).</summary>
    TooLarge,

    /// <summary>The push service does not take this server's word (401 or 403): the subscription was made for another key, or the clock is wrong.</summary>
    Unauthorized,

    /// <summary>The push service did not understand the message (another status of 400 to 499).</summary>
    Rejected,

    /// <summary>The push service wants no more messages for now (429).</summary>
    RateLimited,

    /// <summary>The push service cannot be reached, or failed. Try again later.</summary>
    Unavailable,
}
