namespace Loop.Sdk.WebRtc.Stun;

/// <summary>
/// Asks a STUN server how it sees a socket, and goes on asking, so that the NAT keeps it so. Driven by polling like the ICE agent: after <see cref="Start"/>, after each message that was taken and
/// after <see cref="Timeout"/>, call <see cref="Write"/> until it returns 0, look at <see cref="State"/> and <see cref="Mapped"/>, and wait until <see cref="NextTimeout"/>. The driver shows it only what
/// comes from the server.
/// </summary>
/// <param name="random">Where transaction ids come from.</param>
/// <param name="isReliable">Whether the server is reached over TCP or TLS.</param>
internal sealed class StunBinding(FillRandom random, bool isReliable = false)
{
    /// <summary>The buffer that <see cref="Write"/> needs, in bytes.</summary>
    public const int MaxDatagram = 32;

    private const long KeepAlive = 15_000_000;

    private TransactionId _id;
    private StunRetry _retry;
    private bool _isAsking;
    private long _next = long.MaxValue;

    public StunBindingState State { get; private set; }

    /// <summary>The address that the server sees; it may change while <see cref="State"/> is <see cref="StunBindingState.Known"/>.</summary>
    public TransportAddress Mapped { get; private set; }

    public long NextTimeout => _isAsking ? _retry.Next : _next;

    public void Start(long now)
    {
        State = StunBindingState.Asking;
        Ask(now);
    }

    /// <summary>Lets the NAT forget it.</summary>
    public void Stop()
    {
        _isAsking = false;
        _next = long.MaxValue;
    }

    /// <summary>Does what is due.</summary>
    public void Timeout(long now)
    {
        if (_isAsking && _retry.IsOver(now))
        {
            End(StunBindingState.Failed, now);
        }
        else if (!_isAsking && _next <= now)
        {
            Ask(now);
        }
    }

    /// <summary>Writes the request that is due.</summary>
    /// <returns>Its length, 0 if none is.</returns>
    public int Write(Span<byte> datagram, long now)
    {
        if (!_isAsking || !_retry.IsDue(now))
        {
            return 0;
        }

        _retry.OnSent(now);
        var writer = new StunWriter(datagram, StunMethod.Binding, StunClass.Request, _id);
        writer.AddFingerprint();
        return writer.Length;
    }

    /// <summary>Takes a message of the server.</summary>
    /// <returns>Whether it was the answer.</returns>
    public bool Receive(ReadOnlySpan<byte> datagram, long now)
    {
        if (!_isAsking || !StunMessage.TryRead(datagram, out var message) || message.Method != StunMethod.Binding || message.Class is StunClass.Request or StunClass.Indication || message.TransactionId != _id)
        {
            return false;
        }

        if (message.Class == StunClass.Success
            && (message.TryFindAddress(StunAttribute.XorMappedAddress, out var mapped) || message.TryFindAddress(StunAttribute.MappedAddress, out mapped)) && mapped.IsUnicast)
        {
            Mapped = mapped;
            End(StunBindingState.Known, now);
        }
        else
        {
            End(StunBindingState.Failed, now);
        }

        return true;
    }

    private void Ask(long now)
    {
        _isAsking = true;
        _id = TransactionId.Create(random);
        _retry.Start(now, isReliable);
    }

    // What was known is not forgotten because one keep-alive was lost.
    private void End(StunBindingState state, long now)
    {
        _isAsking = false;
        State = State == StunBindingState.Known ? State : state;
        _next = State == StunBindingState.Known ? now + KeepAlive : long.MaxValue;
    }
}
