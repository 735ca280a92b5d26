namespace Loop.Sdk.WebRtc.Ice;

/// <summary>Where a pair stands (RFC 8445, section 6.1.2.6). Frozen ones are waiting ones here, behind the others: with a single component, nothing else is left of the distinction.</summary>
internal enum PairState
{
    Waiting,
    InProgress,
    Succeeded,
    Failed,
}
