using Loop.Sdk.Harness;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Simulation;

/// <summary>One end of a call that loses nothing: every message once, in order, intact.</summary>
internal sealed class SimStream : SessionStream, ISimActor
{
    private readonly SimWorld _world;
    private readonly SimCall _call;
    private readonly bool _isOpener;
    private readonly Queue<int> _unconsumed = new();
    private int _sent;
    private int _received;
    private bool _blocked;
    private bool _ended;
    private bool _remoteEnded;
    private bool _aborted;
    private LoopException? _failure;

    public SimStream(SimWorld world, SimCall call, bool isOpener)
    {
        _world = world;
        _call = call;
        _isOpener = isOpener;
        Weight = call.Weight;
        DeadlineAt = call.DeadlineMs == 0 ? 0 : world.Now + call.DeadlineMs;
    }

    private int[] Outgoing => _isOpener ? _call.OpenerSizes : _call.AcceptorSizes;

    private int[] Incoming => _isOpener ? _call.AcceptorSizes : _call.OpenerSizes;

    /// <summary>Opens the call with its first message.</summary>
    public void Open(Session session, SeededRandom random)
    {
        var end = Outgoing.Length == 1 && _call.EndsWithMessage;
        _sent = 1;
        _ended = end;
        _blocked = !session.Open(this, SimWorld.HeaderOf(_call.Number, _call.DeadlineMs), Payload(0), end, borrow: random.Chance(50));
    }

    public bool Step(SeededRandom random)
    {
        if (IsClosed)
        {
            return false;
        }

        if (_unconsumed.Count > 0 && random.Chance(50))
        {
            Session!.Consume(this, _unconsumed.Dequeue());
            return true;
        }

        if (_ended || _blocked || (!_isOpener && _call.AcceptorWaits && !_remoteEnded))
        {
            return _unconsumed.Count > 0;
        }

        if (_sent == Outgoing.Length)
        {
            _ended = true;
            Session!.End(this);
            return true;
        }

        var index = _sent++;
        _ended = _sent == Outgoing.Length && _call.EndsWithMessage;
        _blocked = !Session!.Send(this, Payload(index), _ended, borrow: random.Chance(50));
        return true;
    }

    public void GiveUp(SeededRandom random)
    {
        if (IsClosed)
        {
            return;
        }

        _aborted = _call.IsAborted = true;
        if (random.Chance(50))
        {
            Session!.Cancel(this);
        }
        else
        {
            Session!.Fail(this, new LoopException("given_up", "Enough of it."));
        }
    }

    public void Verify(bool lost)
    {
        SimFailure.Unless(IsClosed, $"{this} hangs");
        var complete = _received == Incoming.Length && _remoteEnded && _ended;
        SimFailure.Unless(complete || _aborted || _failure is not null, $"call {_call.Number} ended without saying so");
        SimFailure.Unless(complete || _aborted || _call.IsAborted || lost, $"call {_call.Number} failed for no reason: {_failure?.Code}");
    }

    public override string ToString() =>
        $"call {_call.Number} opener={_isOpener} id={Id} sent={_sent}/{Outgoing.Length} ended={_ended} blocked={_blocked} received={_received}/{Incoming.Length} ended={_remoteEnded} aborted={_aborted} {_failure?.Code} {State}";

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
        CheckLive();
        SimFailure.Unless(_received < Incoming.Length, "a message too many");
        var expected = SimPattern.Of(_call.Number, !_isOpener, _received, Incoming[_received]);
        SimFailure.Unless(payload.SequenceEqual(expected.Span), $"message {_received} of call {_call.Number} is damaged, missing or out of order");
        _received++;
        _unconsumed.Enqueue(CreditCost.Of(payload.Length));
        if (end)
        {
            OnEnd();
        }
    }

    internal override void OnEnd()
    {
        CheckLive();
        SimFailure.Unless(_received == Incoming.Length, "a half ended early");
        _remoteEnded = true;
    }

    internal override void OnFailed(LoopException error)
    {
        SimFailure.Unless(!_aborted && _failure is null, "a stream failed after its end");
        _failure = error;
    }

    internal override IThreadPoolWorkItem? OnSendable()
    {
        _blocked = false;
        return null;
    }

    internal override void OnDeadline()
    {
        _aborted = _call.IsAborted = true;
        Session!.Cancel(this);
    }

    private void CheckLive() => SimFailure.Unless(!_aborted && _failure is null && !_remoteEnded, "a stream goes on after its end");

    private ReadOnlyMemory<byte> Payload(int index) => SimPattern.Of(_call.Number, _isOpener, index, Outgoing[index]);
}
