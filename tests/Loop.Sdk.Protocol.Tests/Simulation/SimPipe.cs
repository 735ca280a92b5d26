using System.Buffers;

namespace Loop.Sdk.Simulation;

/// <summary>One direction of a connection: bytes on their way, in order. A cut loses what had not arrived, wherever in a frame that is.</summary>
internal sealed class SimPipe : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int _start;
    private int _arrived;
    private int _end;

    /// <summary>Bytes that were sent and did not arrive yet.</summary>
    public int InFlight => _end - _arrived;

    public bool IsCut { get; private set; }

    /// <summary>Whether the receiver has seen all that there will ever be.</summary>
    public bool IsOver => IsCut && InFlight == 0;

    /// <summary>What arrived and was not taken in yet.</summary>
    public ReadOnlySpan<byte> Arrived => _bytes.AsSpan(_start, _arrived - _start);

    public void Write(ReadOnlySpan<byte> message)
    {
        if (IsCut)
        {
            return;
        }

        if (_bytes.Length - _end < message.Length)
        {
            MakeRoom(message.Length);
        }

        message.CopyTo(_bytes.AsSpan(_end));
        _end += message.Length;
    }

    public void Arrive(int count) => _arrived += count;

    public void TakeIn(int count) => _start += count;

    /// <summary>Lets this many of the bytes in flight still arrive, and nothing after them.</summary>
    public void Cut(int surviving)
    {
        IsCut = true;
        _end = _arrived + surviving;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void MakeRoom(int count)
    {
        var used = _end - _start;
        var target = _bytes.Length >= used + count ? _bytes : ArrayPool<byte>.Shared.Rent((used + count) * 2);
        _bytes.AsSpan(_start, used).CopyTo(target);
        if (target != _bytes)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = target;
        }

        _arrived -= _start;
        _end = used;
        _start = 0;
    }
}
