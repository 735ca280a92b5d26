namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>What an acknowledgement says about the path. Times in microseconds, amounts in bytes.</summary>
internal readonly record struct AckSample
{
    public required long Now { get; init; }

    /// <summary>Newly delivered.</summary>
    public required long Acked { get; init; }

    /// <summary>Newly taken for lost.</summary>
    public required long Lost { get; init; }

    /// <summary>Delivered in all.</summary>
    public required long Delivered { get; init; }

    /// <summary>Delivered in all when the newest of the newly delivered was sent; negative if nothing is known of that.</summary>
    public required long PriorDelivered { get; init; }

    /// <summary>The rate of delivery over the last round trip, in bytes a second; 0 if unknown.</summary>
    public required long Rate { get; init; }

    /// <summary>Whether the rate was limited by what there was to send.</summary>
    public required bool IsAppLimited { get; init; }

    /// <summary>The round trip; 0 if unknown.</summary>
    public required long Rtt { get; init; }

    /// <summary>Whether more would have been sent, had the window allowed it.</summary>
    public required bool IsWindowLimited { get; init; }
}
