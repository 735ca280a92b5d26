namespace Loop.Sdk.Sessions;

/// <summary>What messages cost. An empty one is not free: whoever keeps it needs memory for it, so a window must bound how many there can be.</summary>
internal static class CreditCost
{
    /// <summary>The cost of a frame with this many bytes that count, and what a message of this length gives back when it is consumed.</summary>
    public static int Of(int bytes) => Math.Max(bytes, 1);
}
