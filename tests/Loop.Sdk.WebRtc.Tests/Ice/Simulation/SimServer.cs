using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice.Simulation;

/// <summary>A STUN and TURN server, as strict as the RFC: permissions and channels lapse, nonces grow stale.</summary>
internal sealed class SimServer
{
    public const string Username = "1700000000:alice";
    public const string Password = "Cd/49soE35ICqcJF/bCTn8Z4OyE=";

    private const string Realm = "north.example";
    private const long Second = 1_000_000;

    private readonly SimNetwork _network;
    private readonly byte[] _key = MakeKey();
    private readonly Dictionary<TransportAddress, Allocation> _allocations = [];
    private byte[] _nonce = [];
    private long _nonceUntil;
    private ushort _nextPort = 50_000;

    public SimServer(SimNetwork network, TransportAddress address)
    {
        _network = network;
        Address = address;
        network.Open(address, null, Receive);
    }

    public TransportAddress Address { get; }

    public int Allocations => _allocations.Count(entry => entry.Value.Until > _network.Now);

    [SuppressMessage("Security", "CA5351", Justification = "The RFC wants MD5.")]
    private static byte[] MakeKey() => MD5.HashData(Encoding.UTF8.GetBytes($"{Username}:{Realm}:{Password}"));

    private void Receive(TransportAddress from, byte[] bytes)
    {
        if (bytes[0] is >= 0x40 and <= 0x4F)
        {
            var (number, length) = (BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)));
            if (Find(from) is { } bound && bound.Channels.TryGetValue(number, out var channel) && channel.Until > _network.Now)
            {
                _network.Send(bound.Relayed, channel.Peer, bytes.AsSpan(4, length));
            }

            return;
        }

        SimFailure.Unless(StunMessage.TryRead(bytes, out var message), "a client sent the server what is no message");
        switch (message.Method, message.Class)
        {
            case (StunMethod.Binding, StunClass.Request):
                Answer(from, message, static (ref writer, from) => writer.Add(StunAttribute.XorMappedAddress, from), null);
                break;
            case (StunMethod.Send, StunClass.Indication):
                if (Find(from) is { } allocation && message.TryFindAddress(StunAttribute.XorPeerAddress, out var peer) && allocation.IsPermitted(peer, _network.Now) && message.TryFind(StunAttribute.Data, out var data))
                {
                    _network.Send(allocation.Relayed, peer, data);
                }

                break;
            default:
                TakeRequest(from, message);
                break;
        }
    }

    private void TakeRequest(TransportAddress from, in StunMessage message)
    {
        if (_nonceUntil <= _network.Now)
        {
            _nonceUntil = _network.Now + (100 * Second);
            _nonce = Encoding.ASCII.GetBytes($"nonce {_network.Now}");
        }

        if (!message.HasIntegrity || !message.CheckIntegrity(_key))
        {
            Challenge(from, message, StunErrorCode.Unauthenticated);
        }
        else if (!message.TryFind(StunAttribute.Nonce, out var nonce) || !nonce.SequenceEqual(_nonce))
        {
            Challenge(from, message, StunErrorCode.StaleNonce);
        }
        else if (message.Method == StunMethod.Allocate)
        {
            Allocate(from, message);
        }
        else if (Find(from) is { } allocation)
        {
            Change(from, message, allocation);
        }
        else
        {
            Answer(from, message, static (ref writer, _) => writer.AddError(StunErrorCode.AllocationMismatch), _key, true);
        }
    }

    private void Allocate(TransportAddress from, in StunMessage message)
    {
        if (Find(from) is null)
        {
            var made = new Allocation(Address with { Port = _nextPort++ }) { Until = _network.Now + (600 * Second) };
            _allocations[from] = made;
            _network.Open(made.Relayed, null, (sender, bytes) => Relay(from, made, sender, bytes));
        }

        var allocation = _allocations[from];
        Answer(from, message, (ref writer, from) =>
        {
            writer.Add(StunAttribute.XorRelayedAddress, allocation.Relayed);
            writer.Add(StunAttribute.XorMappedAddress, from);
            writer.Add(StunAttribute.Lifetime, 600u);
        }, _key);
    }

    private void Change(TransportAddress from, in StunMessage message, Allocation allocation)
    {
        message.TryFindAddress(StunAttribute.XorPeerAddress, out var peer);
        if (message.Method == StunMethod.Refresh)
        {
            allocation.Until = _network.Now + ((message.TryFindUInt32(StunAttribute.Lifetime, out var seconds) ? seconds : 600) * Second);
        }
        else
        {
            SimFailure.Unless(peer.IsUnicast, "a request had no peer");
            allocation.Permissions[peer with { Port = 0 }] = _network.Now + (300 * Second);
        }

        if (message.Method == StunMethod.ChannelBind)
        {
            message.TryFindUInt32(StunAttribute.ChannelNumber, out var number);
            var channel = (ushort)(number >> 16);
            SimFailure.Unless(channel is >= 0x4000 and < 0x5000, "a channel number is out of range");
            SimFailure.Unless(!allocation.Channels.TryGetValue(channel, out var known) || known.Peer == peer, "a channel was bound to two peers");
            allocation.Channels[channel] = (peer, _network.Now + (600 * Second));
        }

        Answer(from, message, static (ref writer, _) => writer.Add(StunAttribute.Lifetime, 600u), _key);
    }

    private void Relay(TransportAddress client, Allocation allocation, TransportAddress sender, byte[] bytes)
    {
        if (allocation.Until <= _network.Now || !allocation.IsPermitted(sender, _network.Now))
        {
            return;
        }

        var message = new byte[bytes.Length + 64];
        var channel = allocation.Channels.FirstOrDefault(entry => entry.Value.Peer == sender && entry.Value.Until > _network.Now).Key;
        if (channel != 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(message, channel);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)bytes.Length);
            bytes.CopyTo(message, 4);
            _network.Send(Address, client, message.AsSpan(0, bytes.Length + 4));
            return;
        }

        var writer = new StunWriter(message, StunMethod.Data, StunClass.Indication, TransactionId.Create(_network.Random.Fill));
        writer.Add(StunAttribute.XorPeerAddress, sender);
        writer.Add(StunAttribute.Data, bytes);
        _network.Send(Address, client, message.AsSpan(0, writer.Length));
    }

    private Allocation? Find(TransportAddress client) => _allocations.TryGetValue(client, out var known) && known.Until > _network.Now ? known : null;

    private void Challenge(TransportAddress from, in StunMessage message, int code) => Answer(from, message, (ref writer, _) =>
    {
        writer.AddError(code);
        writer.Add(StunAttribute.Realm, Encoding.ASCII.GetBytes(Realm));
        writer.Add(StunAttribute.Nonce, _nonce);
    }, null, true);

    private void Answer(TransportAddress from, in StunMessage message, WriteAnswer write, byte[]? key, bool isError = false)
    {
        Span<byte> bytes = stackalloc byte[512];
        var writer = new StunWriter(bytes, message.Method, isError ? StunClass.Error : StunClass.Success, message.TransactionId);
        write(ref writer, from);
        if (key is not null)
        {
            writer.AddIntegrity(key);
        }

        writer.AddFingerprint();
        _network.Send(Address, from, bytes[..writer.Length]);
    }

    private delegate void WriteAnswer(ref StunWriter writer, TransportAddress from);

    private sealed class Allocation(TransportAddress relayed)
    {
        public TransportAddress Relayed { get; } = relayed;

        public long Until { get; set; }

        public Dictionary<TransportAddress, long> Permissions { get; } = [];

        public Dictionary<ushort, (TransportAddress Peer, long Until)> Channels { get; } = [];

        public bool IsPermitted(TransportAddress peer, long now) => Permissions.TryGetValue(peer with { Port = 0 }, out var until) && until > now;
    }
}
