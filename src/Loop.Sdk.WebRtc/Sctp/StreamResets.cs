using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Resets streams in both directions (RFC 6525). This end asks for one reset at a time, of all streams that are ready: everything on them has been delivered.</summary>
internal sealed class StreamResets(SctpSettings settings, Sender sender, Receiver receiver, Reassembly reassembly, EventQueue<SctpEvent> events, TimerSet timers)
{
    private const int MaxStreams = 128;
    private const int FixedRequest = 12;
    private const uint NothingToDo = 0;
    private const uint Performed = 1;
    private const uint Denied = 2;
    private const uint WrongNumber = 5;
    private const uint InProgress = 6;

    private readonly List<ushort> _waiting = [];
    private readonly List<ushort> _asked = [];
    private readonly List<ushort> _deferred = [];
    private uint _request;
    private uint _expected;
    private uint _lastResult;
    private uint _deferredNumber;
    private uint _deferredTsn;
    private bool _isDeferred;
    private bool _isAsking;
    private bool _isDue;
    private int _tries;

    /// <summary>Whether nothing is left to be asked or waited for.</summary>
    public bool IsDone => _waiting.Count == 0 && !_isAsking;

    public void Reset(uint localTsn, uint peerTsn)
    {
        _request = localTsn;
        _expected = peerTsn;
        _lastResult = NothingToDo;
        _waiting.Clear();
        _asked.Clear();
        _deferred.Clear();
        _isDeferred = _isAsking = _isDue = false;
        _tries = 0;
        timers.Clear(TimerKind.StreamReset);
    }

    /// <summary>Resets a stream of this end when all of it has been delivered.</summary>
    public void Add(ushort stream)
    {
        if (!_waiting.Contains(stream) && !(_isAsking && _asked.Contains(stream)))
        {
            _waiting.Add(stream);
            sender.EndStream(stream);
        }
    }

    /// <summary>Takes a RE-CONFIG; answers go to the control chunks.</summary>
    public void Receive(ReadOnlySpan<byte> value, ControlQueue control, long now)
    {
        while (Parameter.TryRead(ref value, out var parameter))
        {
            var body = parameter.Value;
            switch (parameter.Type)
            {
                case ParameterType.OutgoingReset when body.Length >= FixedRequest:
                    Answer(control, BinaryPrimitives.ReadUInt32BigEndian(body), ResetIncoming(body));
                    break;
                case ParameterType.IncomingReset when body.Length >= sizeof(uint):
                    Answer(control, BinaryPrimitives.ReadUInt32BigEndian(body), ResetAsAsked(body));
                    break;
                case ParameterType.AssociationReset or ParameterType.AddOutgoingStreams or ParameterType.AddIncomingStreams when body.Length >= sizeof(uint):
                    var number = BinaryPrimitives.ReadUInt32BigEndian(body);
                    Answer(control, number, IsNext(number, out var result) ? Note(Denied) : result);
                    break;
                case ParameterType.ReConfigResponse when body.Length >= 2 * sizeof(uint):
                    Conclude(BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[4..]), now);
                    break;
            }
        }
    }

    /// <summary>Does what waited for data that has arrived now.</summary>
    public void Advance(ControlQueue control)
    {
        if (_isDeferred && SerialNumber.IsAtOrBefore(_deferredTsn, receiver.Cumulative))
        {
            _isDeferred = false;
            Perform(_deferred);
            _lastResult = Performed;
            Answer(control, _deferredNumber, Performed);
        }
    }

    /// <summary>The answer is missing, or was to wait: asks again, or takes it for a refusal if the peer has been asked often enough. Everything was delivered before, so there is nothing to wait for.</summary>
    public void TimeOut()
    {
        if (_isAsking && _tries > settings.MaxRetransmissions)
        {
            Conclude(Denied);
        }
        else
        {
            _isDue = _isAsking;
        }
    }

    /// <summary>Writes the request, if there is something to ask and room for it.</summary>
    public void Write(ref PacketWriter packet, long now)
    {
        if (!_isAsking && _waiting.Count > 0)
        {
            Collect();
        }

        var length = FixedRequest + (sizeof(ushort) * _asked.Count);
        if (!_isDue || packet.Room < Chunk.HeaderSize + Parameter.HeaderSize + Chunk.Padded(length))
        {
            return;
        }

        var body = Parameter.Write(packet.Add(ChunkType.ReConfig, 0, Parameter.HeaderSize + length), ParameterType.OutgoingReset, length);
        BinaryPrimitives.WriteUInt32BigEndian(body, _request);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], _expected - 1);
        BinaryPrimitives.WriteUInt32BigEndian(body[8..], sender.Cumulative);
        for (var index = 0; index < _asked.Count; index++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(body[(FixedRequest + (sizeof(ushort) * index))..], _asked[index]);
        }

        _isDue = false;
        _tries++;
        timers.Set(TimerKind.StreamReset, now + sender.Rtt.Timeout);
    }

    private static void Answer(ControlQueue control, uint number, uint result)
    {
        Span<byte> parameter = stackalloc byte[Parameter.HeaderSize + (2 * sizeof(uint))];
        var body = Parameter.Write(parameter, ParameterType.ReConfigResponse, 2 * sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(body, number);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], result);
        control.Add(ChunkType.ReConfig, 0, parameter);
    }

    private void Collect()
    {
        _asked.Clear();
        for (var index = 0; index < _waiting.Count && _asked.Count < MaxStreams;)
        {
            if (sender.IsDelivered(_waiting[index]))
            {
                _asked.Add(_waiting[index]);
                _waiting.RemoveAt(index);
            }
            else
            {
                index++;
            }
        }

        _isAsking = _isDue = _asked.Count > 0;
    }

    private void Conclude(uint number, uint result, long now)
    {
        if (!_isAsking || number != _request)
        {
            return;
        }

        if (result == InProgress)
        {
            timers.Set(TimerKind.StreamReset, now + sender.Rtt.Timeout);
            return;
        }

        Conclude(result);
    }

    private void Conclude(uint result)
    {
        timers.Clear(TimerKind.StreamReset);
        _isAsking = _isDue = false;
        _tries = 0;
        _request++;
        foreach (var stream in _asked)
        {
            if (result is NothingToDo or Performed)
            {
                sender.ResetStream(stream);
            }

            events.Add(new SctpEvent(result is NothingToDo or Performed ? SctpEventKind.OutgoingReset : SctpEventKind.OutgoingResetRefused, stream));
        }
    }

    private uint Note(uint result)
    {
        _expected++;
        return _lastResult = result;
    }

    /// <summary>Whether a request is the next one; if not, what to answer: a repeated one gets the answer that was lost.</summary>
    private bool IsNext(uint number, out uint result)
    {
        result = number == _expected - 1 ? _lastResult : WrongNumber;
        return number == _expected;
    }

    private uint ResetIncoming(ReadOnlySpan<byte> body)
    {
        if (!IsNext(BinaryPrimitives.ReadUInt32BigEndian(body), out var result))
        {
            return result;
        }

        _deferred.Clear();
        ReadStreams(body[FixedRequest..], _deferred);
        if (_deferred.Count == 0)
        {
            _deferred.AddRange(reassembly.Streams);
        }

        _deferredTsn = BinaryPrimitives.ReadUInt32BigEndian(body[8..]);
        _isDeferred = SerialNumber.IsAfter(_deferredTsn, receiver.Cumulative);
        if (_isDeferred)
        {
            _deferredNumber = BinaryPrimitives.ReadUInt32BigEndian(body);
            return Note(InProgress);
        }

        Perform(_deferred);
        return Note(Performed);
    }

    private uint ResetAsAsked(ReadOnlySpan<byte> body)
    {
        if (!IsNext(BinaryPrimitives.ReadUInt32BigEndian(body), out var result))
        {
            return result;
        }

        var streams = new List<ushort>();
        ReadStreams(body[sizeof(uint)..], streams);
        foreach (var stream in streams)
        {
            if (sender.IsInUse(stream))
            {
                Add(stream);
            }
        }

        return Note(streams.Count == 0 ? Denied : Performed);
    }

    private void Perform(List<ushort> streams)
    {
        foreach (var stream in streams)
        {
            reassembly.Reset(stream);
            events.Add(new SctpEvent(SctpEventKind.IncomingReset, stream));
        }
    }

    private static void ReadStreams(ReadOnlySpan<byte> numbers, List<ushort> streams)
    {
        for (; numbers.Length >= sizeof(ushort); numbers = numbers[sizeof(ushort)..])
        {
            streams.Add(BinaryPrimitives.ReadUInt16BigEndian(numbers));
        }
    }
}
