namespace Loop.Sdk.WebRtc;

/// <summary>A transport of a link, and what the link knows of it. Under the link's lock.</summary>
#pragma warning disable CA1001 // Its sources hold nothing but registrations, and end with it.
internal sealed class LinkTransport(ILinkTransport transport, int number)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource _sending = new();

    public ILinkTransport Transport => transport;

    /// <summary>Later ones are better.</summary>
    public int Number => number;

    /// <summary>Cancelled when it is over.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Whether the peer has said what it received, so that messages can go.</summary>
    public bool IsReady { get; set; }

    public bool IsOver { get; private set; }

    /// <summary>Cancelled when another takes over, so that nothing waits for this one.</summary>
    public CancellationToken Sending => _sending.Token;

    public bool IsUsable => IsReady && !IsOver && transport.IsHealthy;

    /// <summary>Another takes over.</summary>
    public void Leave()
    {
        var sending = _sending;
        _sending = new CancellationTokenSource();
        _ = sending.CancelAsync();
    }

    public void End()
    {
        if (!IsOver)
        {
            IsOver = true;
            _ = _stop.CancelAsync();
            _ = _sending.CancelAsync();
        }
    }
}
