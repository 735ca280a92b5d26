using System.Buffers.Binary;
using Loop.Sdk.Feeds;
using Loop.Sdk.Harness;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Simulation;

/// <summary>The consumer's end of a push stream: it may miss what the policy allows, and in the end it knows the last state.</summary>
internal sealed class SimPushSink(SlowConsumerPolicy? policy, int total) : SessionStream, ISimActor
{
    private readonly Queue<int> _unconsumed = new();
    private readonly int[] _byKey = new int[SimPush.Keys];
    private int _version;
    private bool _ended;
    private bool _aborted;
    private LoopException? _failure;

    public bool Step(SeededRandom random)
    {
        if (IsClosed || _unconsumed.Count == 0)
        {
            return false;
        }

        Session!.Consume(this, _unconsumed.Dequeue());
        return true;
    }

    public void GiveUp(SeededRandom random)
    {
        if (!IsClosed)
        {
            _aborted = true;
            Session!.Cancel(this);
        }
    }

    public void Verify(bool lost)
    {
        SimFailure.Unless(IsClosed && (_ended || _aborted || _failure is not null), "a push stream's consumer hangs");
        if (_ended)
        {
            var last = policy == SlowConsumerPolicy.Latest ? _byKey.Max() : _version;
            SimFailure.Unless(last == total, $"the last state is {total}, the consumer knows {last}");
            for (var behind = 0; policy == SlowConsumerPolicy.Latest && behind < Math.Min(SimPush.Keys, total); behind++)
            {
                SimFailure.Unless(_byKey[(total - behind) % SimPush.Keys] == total - behind, "the last item of a key was lost");
            }
        }
    }

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
        SimFailure.Unless(!_aborted && !_ended && _failure is null, "a push stream goes on after its end");
        _unconsumed.Enqueue(CreditCost.Of(payload.Length));
        var key = payload[0];
        var snapshot = payload[1] == 1;
        var version = BinaryPrimitives.ReadInt32BigEndian(payload[2..]);
        var inOrder = policy switch
        {
            SlowConsumerPolicy.Latest => version > _byKey[key],
            null when snapshot => version >= _version,
            _ => version == _version + 1,
        };
        SimFailure.Unless(inOrder, $"policy {policy}: version {version} follows {_version}");
        _byKey[key] = version;
        _version = version;
    }

    internal override void OnEnd() => _ended = true;

    internal override void OnFailed(LoopException error) => _failure = error;

    internal override void OnDeadline()
    {
    }
}
