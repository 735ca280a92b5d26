using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Turn;

/// <summary>A request that waits for its answer.</summary>
internal sealed class TurnTransaction(StunMethod method, TurnPeer? peer)
{
    public StunMethod Method { get; } = method;

    public TurnPeer? Peer { get; } = peer;

    public TransactionId Id { get; private set; }

    public StunRetry Retry;

    /// <summary>Whether it was sent with credentials.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>How often a new nonce was demanded.</summary>
    public int NewNonces { get; set; }

    public void Start(FillRandom random, bool isReliable, long now)
    {
        Id = TransactionId.Create(random);
        Retry.Start(now, isReliable);
    }
}
