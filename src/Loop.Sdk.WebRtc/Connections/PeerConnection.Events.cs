using Loop.Sdk.WebRtc.DataChannels;
using Loop.Sdk.WebRtc.Ice;

namespace Loop.Sdk.WebRtc.Connections;

// What the driver tells, under its lock.
internal sealed partial class PeerConnection
{
    public void OnIncoming(DataChannel channel)
    {
        var incoming = new PeerDataChannel(_driver, channel);
        incoming.OnOpened();
        _channels.Add(incoming);
        _hasHadChannels = true;
        _incoming.Writer.TryWrite(incoming);
    }

    public void OnChannelClosed(PeerDataChannel channel) => _channels.Remove(channel);

    /// <summary>A candidate of this end: a line, or empty for the end of them.</summary>
    public void OnCandidate(string line)
    {
        // Those that are in the description that is about to be given out need not be told as well.
        if (!_isDescribing || line.Length == 0)
        {
            _signals.Writer.TryWrite(new CandidateFound(new IceCandidate(line, _negotiation.Mid, _negotiation.MediaIndex, _negotiation.Credentials.UsernameFragment)));
        }
    }

    /// <summary>DTLS or SCTP are over.</summary>
    public void OnEnded(LoopException reason, bool isByPeer, long now)
    {
        if (isByPeer)
        {
            Close(reason, now);
        }
        else
        {
            _driver.Fail(reason, now);
            OnChanged();
        }
    }

    public void CloseChannels(LoopException reason)
    {
        foreach (var channel in _channels)
        {
            channel.Early.Fail(null, reason);
            channel.OnClosed(reason);
        }

        _channels.Clear();
    }

    /// <summary>Something happened that the state may follow from.</summary>
    public void OnChanged()
    {
        var state = State;
        var next = state == PeerConnectionState.Closed ? state
            : _driver.End is not null || _driver.IceState == IceState.Failed ? PeerConnectionState.Failed
            : _driver.IceState == IceState.Disconnected ? PeerConnectionState.Disconnected
            : _driver.IsUp && _driver.IceState == IceState.Connected ? PeerConnectionState.Connected
            : _driver.IsStarted ? PeerConnectionState.Connecting
            : PeerConnectionState.New;
        if (next != state)
        {
            Become(next);
        }
    }

    private void Close(LoopException reason, long now)
    {
        if (IsClosed)
        {
            return;
        }

        _negotiation.Close();
        Become(PeerConnectionState.Closed);
        _driver.Shut(reason, now);
        _signals.Writer.TryComplete();
        _incoming.Writer.TryComplete();
        WebRtcMetrics.Closed();
    }

    private void Become(PeerConnectionState state)
    {
        _driver.Logger.StateChanged(state);
        WebRtcMetrics.StateChanged(state);
        _state.Set(state);
    }
}
