using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp.Simulation;

/// <summary>Messages on one stream in one direction: sends them, and checks what arrives against what was promised.</summary>
internal sealed class SimTraffic(SimEnd from, ushort stream, Reliability reliability, int count, int maxSize, int seed)
{
    private const int Header = 4;
    private const uint Ppid = 53;

    private readonly bool[] _arrived = new bool[count];
    private readonly Random _sizes = new(seed);
    private byte[]? _next;
    private int _sent;
    private int _last = -1;

    public ushort Stream => stream;

    public bool IsSent => _sent == count;

    public int Arrived { get; private set; }

    public bool IsReliable => reliability is { MaxRetransmits: < 0, Lifetime: < 0 };

    public bool IsComplete => IsSent && Arrived == count;

    /// <summary>Sends until there is no room.</summary>
    public void Send()
    {
        while (_sent < count)
        {
            _next ??= Make(_sent);
            var result = from.Association.TrySend(stream, Ppid, _next, reliability, from.Now);
            if (result != SctpSendResult.Taken)
            {
                Assert.AreEqual(SctpSendResult.NoRoom, result);
                return;
            }

            _next = null;
            _sent++;
        }
    }

    public void Take(in ReceivedMessage message)
    {
        Assert.AreEqual(Ppid, message.Ppid);
        var index = BinaryPrimitives.ReadInt32BigEndian(message.Span);
        Assert.IsTrue(index >= 0 && index < _sent, "A message arrived that was not sent.");
        Assert.IsFalse(_arrived[index], "A message arrived twice.");
        Assert.IsTrue(reliability.Unordered || (IsReliable ? index == _last + 1 : index > _last), $"Message {index} arrived after {_last}.");
        for (var offset = Header; offset < message.Length; offset++)
        {
            Assert.AreEqual(Filler(index, offset), message.Span[offset], "A message changed on its way.");
        }

        _arrived[index] = true;
        _last = index;
        Arrived++;
    }

    private static byte Filler(int index, int offset) => (byte)((index * 31) + (offset * 7) + (offset >> 8));

    private byte[] Make(int index)
    {
        // Most are small; some are as large as they may be.
        var size = _sizes.Next(4) == 0 ? _sizes.Next(Header, maxSize + 1) : _sizes.Next(Header, Math.Min(300, maxSize + 1));
        var message = new byte[size];
        BinaryPrimitives.WriteInt32BigEndian(message, index);
        for (var offset = Header; offset < size; offset++)
        {
            message[offset] = Filler(index, offset);
        }

        return message;
    }
}
