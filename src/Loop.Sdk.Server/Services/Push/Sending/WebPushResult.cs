namespace Loop.Sdk.Server.Push;

/// <summary>What came of a message to a push service.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Status">The HTTP status; 0 if there was no answer.</param>
public sealed record WebPushResult(WebPushOutcome Outcome, int Status)
{
    /// <summary>The message's own URL, by which it can be taken back; null if there is none.</summary>
    public Uri? Message { get; init; }

    /// <summary>After what time to try again; null if the push service did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the push service said, at most 1 000 characters; null for nothing.</summary>
    public string? Reason { get; init; }
}
