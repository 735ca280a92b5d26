using System.Buffers.Binary;
using Loop.Sdk.Feeds;
using Loop.Sdk.Harness;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Simulation;

/// <summary>
/// The producer's end of a stream that is pushed to, whether its consumer keeps up or not: by a topic's policy, or, without one, as a feed that sends its
/// state anew after what it could not send.
/// </summary>
internal sealed class SimPush(SlowConsumerPolicy? policy, int total) : SessionStream, ISimActor
{
    public const int Keys = 3;
    public const int HeadSize = 6;

    private readonly PushIndex _index = new();
    private int _version;
    private bool _full;
    private bool _behind;
    private bool _ended;
    private bool _failed;

    public bool IsAborted { get; private set; }

    public bool Step(SeededRandom random)
    {
        if (IsClosed || _ended)
        {
            return false;
        }

        if (_behind && !_full)
        {
            Push(random);
            return true;
        }

        if (_version < total)
        {
            _version++;
            _behind |= _full;
            if (!_full)
            {
                Push(random);
            }

            return true;
        }

        if (_behind)
        {
            return false;
        }

        _ended = true;
        Session!.End(this);
        return true;
    }

    public void GiveUp(SeededRandom random)
    {
        if (!IsClosed)
        {
            IsAborted = true;
            Session!.Cancel(this);
        }
    }

    public void Verify(bool lost) => SimFailure.Unless(IsClosed && (_ended || _failed || IsAborted), "a push stream hangs");

    internal override IThreadPoolWorkItem? OnSendable()
    {
        _full = false;
        return null;
    }

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end) => Session!.Consume(this, CreditCost.Of(payload.Length));

    internal override void OnEnd()
    {
    }

    internal override void OnFailed(LoopException error) => _failed = true;

    internal override void OnDeadline()
    {
    }

    private void Push(SeededRandom random)
    {
        var payload = new byte[HeadSize + random.Next(random.Chance(80) ? 100 : 3000)];
        payload[0] = (byte)(_version % Keys);
        payload[1] = _behind ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(2), _version);
        if (policy is { } topic)
        {
            byte[]? shared = null;
            Session!.Push(this, payload, ref shared, (int)payload[0], topic, _index);
        }
        else
        {
            _behind = _full = !Session!.TryPush(this, payload);
        }
    }
}
