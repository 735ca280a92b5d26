using System.Buffers.Binary;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Turn;

// What comes from the server, and the datagrams of peers in both directions.
internal sealed partial class TurnAllocation
{
    private const int ChannelHeader = 4;

    /// <summary>Wraps a datagram for a peer.</summary>
    /// <param name="peer">Whom it is for.</param>
    /// <param name="datagram">The datagram.</param>
    /// <param name="message">Room for it and <see cref="MaxOverhead"/> bytes.</param>
    /// <param name="now">The time.</param>
    /// <returns>The length of the message to send to the server; 0 if there is none now, since the peer is not permitted yet. Of several such datagrams the last is sent later, by <see cref="Write"/>.</returns>
    public int Wrap(in TransportAddress peer, ReadOnlySpan<byte> datagram, Span<byte> message, long now)
    {
        if (State != TurnState.Ready || datagram.Length > ushort.MaxValue || Find(peer, now) is not { IsRefused: false } known)
        {
            return 0;
        }

        known.LastUsed = now;
        if (known.IsBound)
        {
            BinaryPrimitives.WriteUInt16BigEndian(message, known.Channel);
            BinaryPrimitives.WriteUInt16BigEndian(message[2..], (ushort)datagram.Length);
            datagram.CopyTo(message[ChannelHeader..]);
            var length = ChannelHeader + datagram.Length;
            var padded = settings.IsReliable ? (length + 3) & ~3 : length;
            message[length..padded].Clear();
            return padded;
        }

        if (known.IsPermitted)
        {
            return WrapSend(peer, datagram, message);
        }

        known.Held = datagram.Length <= TurnTiming.MaxHeld ? datagram.ToArray() : known.Held;
        return 0;
    }

    /// <summary>Takes a message of the server.</summary>
    /// <param name="message">The whole message, and nothing after it.</param>
    /// <param name="now">The time.</param>
    /// <param name="peer">Of data, who sent it.</param>
    /// <param name="datagram">Of data, the datagram, within <paramref name="message"/>.</param>
    public TurnReceived Receive(ReadOnlySpan<byte> message, long now, out TransportAddress peer, out ReadOnlySpan<byte> datagram)
    {
        peer = default;
        datagram = default;
        if (State is TurnState.New or TurnState.Failed or TurnState.Closed)
        {
            return TurnReceived.Discarded;
        }

        if (message.Length >= ChannelHeader && message[0] is >= 0x40 and <= 0x4F)
        {
            return TakeChannelData(message, out peer, out datagram);
        }

        if (!StunMessage.TryRead(message, out var stun))
        {
            return TurnReceived.Discarded;
        }

        if (stun.Class == StunClass.Indication)
        {
            return stun.Method == StunMethod.Data && stun.TryFindAddress(StunAttribute.XorPeerAddress, out peer) && IsPermitted(peer) && stun.TryFind(StunAttribute.Data, out datagram)
                ? TurnReceived.Data
                : TurnReceived.Discarded;
        }

        var place = FindTransaction(stun.TransactionId, stun.Method);
        if (stun.Class == StunClass.Request || place < 0)
        {
            return TurnReceived.Discarded;
        }

        return TakeAnswer(stun, place, now) ? TurnReceived.Control : TurnReceived.Discarded;
    }

    private int WrapSend(in TransportAddress peer, ReadOnlySpan<byte> datagram, Span<byte> message)
    {
        var writer = new StunWriter(message, StunMethod.Send, StunClass.Indication, TransactionId.Create(settings.Random));
        writer.Add(StunAttribute.XorPeerAddress, peer);
        writer.Add(StunAttribute.Data, datagram);
        return writer.Length;
    }

    private TurnReceived TakeChannelData(ReadOnlySpan<byte> message, out TransportAddress peer, out ReadOnlySpan<byte> datagram)
    {
        var (channel, length) = (BinaryPrimitives.ReadUInt16BigEndian(message), BinaryPrimitives.ReadUInt16BigEndian(message[2..]));
        foreach (var known in _peers)
        {
            if (known.Channel == channel && known.WantsChannel && length <= message.Length - ChannelHeader)
            {
                peer = known.Address;
                datagram = message.Slice(ChannelHeader, length);
                return TurnReceived.Data;
            }
        }

        peer = default;
        datagram = default;
        return TurnReceived.Discarded;
    }

    private int FindTransaction(TransactionId id, StunMethod method)
    {
        for (var place = 0; place < _transactions.Count; place++)
        {
            if (_transactions[place].Id == id && _transactions[place].Method == method)
            {
                return place;
            }
        }

        return -1;
    }

    // Permissions are for hosts, whatever their ports.
    private bool IsPermitted(in TransportAddress peer)
    {
        foreach (var known in _peers)
        {
            if (known.Address.HasSameAddress(peer) && !known.IsRefused)
            {
                return true;
            }
        }

        return false;
    }

    private bool TakeAnswer(in StunMessage message, int place, long now)
    {
        var transaction = _transactions[place];
        var code = message.Class == StunClass.Error ? message.ErrorCode : 0;

        // The server cannot sign that it does not know who asks.
        var isChallenge = code is StunErrorCode.Unauthenticated or StunErrorCode.StaleNonce;
        if (transaction.IsAuthenticated && !isChallenge && !message.CheckIntegrity(_credentials.Key))
        {
            return false;
        }

        if (isChallenge && (code == StunErrorCode.StaleNonce ? transaction.NewNonces++ < TurnTiming.MaxNewNonces : !transaction.IsAuthenticated) && _credentials.TryTakeChallenge(message))
        {
            transaction.Start(settings.Random, settings.IsReliable, now);
            return true;
        }

        _transactions.RemoveAt(place);
        if (message.Class == StunClass.Error)
        {
            Alternate = code == StunErrorCode.TryAlternate && message.TryFindAddress(StunAttribute.AlternateServer, out var alternate) ? alternate : default;
            Refuse(transaction, FailureOf(code), code);
        }
        else
        {
            Accept(transaction, message, now);
        }

        return true;
    }

    private void Accept(TurnTransaction transaction, in StunMessage message, long now)
    {
        switch (transaction.Method)
        {
            case StunMethod.Allocate:
                TakeAddresses(message);
                if (Relayed.IsNone && RelayedV6.IsNone)
                {
                    Fail(TurnFailure.Malformed, 0);
                    break;
                }

                State = TurnState.Ready;
                Extend(message, now);
                break;
            case StunMethod.Refresh when State == TurnState.Closing:
                State = TurnState.Closed;
                break;
            case StunMethod.Refresh:
                Extend(message, now);
                break;
            case StunMethod.CreatePermission:
                transaction.Peer!.IsPermitted = true;
                transaction.Peer.PermissionDue = now + TurnTiming.Permission;
                break;
            default:
                transaction.Peer!.IsBound = transaction.Peer.IsPermitted = true;
                transaction.Peer.ChannelDue = now + TurnTiming.Channel;
                transaction.Peer.PermissionDue = Math.Min(transaction.Peer.PermissionDue, now + TurnTiming.Permission);
                break;
        }
    }

    private void TakeAddresses(in StunMessage message)
    {
        for (var rest = message.Attributes; StunAttributes.TryTake(ref rest, out var type, out var value);)
        {
            if (type is not (StunAttribute.XorRelayedAddress or StunAttribute.XorMappedAddress) || !StunAttributes.TryReadAddress(value, true, message.TransactionId, out var address) || !address.IsUnicast)
            {
                continue;
            }

            if (type == StunAttribute.XorMappedAddress)
            {
                Mapped = address;
            }
            else if (address.IsV6)
            {
                RelayedV6 = address;
            }
            else
            {
                Relayed = address;
            }
        }
    }

    private void Extend(in StunMessage message, long now)
    {
        var lifetime = message.TryFindUInt32(StunAttribute.Lifetime, out var seconds) ? Math.Clamp(seconds, 1, TurnTiming.MaxLifetime) : TurnTiming.DefaultLifetime;
        var length = lifetime * TurnTiming.Second;
        _refreshAt = now + length - Math.Min(TurnTiming.Margin, length / 2);
    }

    // An allocation depends on itself; permissions and channels fail alone.
    private void Refuse(TurnTransaction transaction, TurnFailure failure, int code)
    {
        if (transaction.Method == StunMethod.CreatePermission)
        {
            transaction.Peer!.IsRefused = failure != TurnFailure.NoAnswer;
            transaction.Peer.IsPermitted = transaction.Peer.IsBound = false;
            transaction.Peer.Held = null;
        }
        else if (transaction.Method == StunMethod.ChannelBind)
        {
            transaction.Peer!.IsBound = false;
        }
        else if (State == TurnState.Closing)
        {
            State = TurnState.Closed;
        }
        else
        {
            Fail(failure, code);
        }
    }

    private void Fail(TurnFailure failure, int code)
    {
        State = TurnState.Failed;
        Failure = failure;
        ErrorCode = code;
        Relayed = RelayedV6 = default;
        _transactions.Clear();
        _peers.Clear();
    }

    private static TurnFailure FailureOf(int code) => code switch
    {
        StunErrorCode.Unauthenticated or StunErrorCode.WrongCredentials => TurnFailure.Unauthorized,
        StunErrorCode.Forbidden => TurnFailure.Forbidden,
        StunErrorCode.TryAlternate => TurnFailure.TryAlternate,
        StunErrorCode.AllocationMismatch => TurnFailure.Mismatch,
        StunErrorCode.AddressFamilyNotSupported => TurnFailure.AddressFamily,
        StunErrorCode.UnsupportedTransport => TurnFailure.Transport,
        StunErrorCode.AllocationQuotaReached => TurnFailure.Quota,
        StunErrorCode.InsufficientCapacity => TurnFailure.Capacity,
        0 => TurnFailure.Malformed,
        _ => TurnFailure.Refused,
    };
}
