using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Turn;

/// <summary>An address that is reached through the relay.</summary>
internal sealed class TurnPeer(TransportAddress address, ushort channel)
{
    public TransportAddress Address { get; } = address;

    /// <summary>The channel that is its own, bound or not.</summary>
    public ushort Channel { get; } = channel;

    public bool IsPermitted { get; set; }

    /// <summary>The server has said no: nothing is sent there.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Whether a channel is wanted.</summary>
    public bool WantsChannel { get; set; }

    public bool IsBound { get; set; }

    /// <summary>When the permission is to be renewed, or lapses if nothing was sent; microseconds.</summary>
    public long PermissionDue { get; set; } = long.MaxValue;

    /// <summary>When the channel is to be renewed.</summary>
    public long ChannelDue { get; set; } = long.MaxValue;

    public long LastUsed { get; set; }

    /// <summary>The last datagram that came before the permission; a check of ICE, which is worth a round trip.</summary>
    public byte[]? Held { get; set; }
}
