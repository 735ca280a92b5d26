using System.Buffers;
using Loop.Sdk.Calls;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Contracts;

/// <summary>Turns values into payload bytes and back. Safe for concurrent use.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public abstract class PayloadCodec<T>
{
    private protected PayloadCodec()
    {
    }

    /// <summary>Whether a value is already bytes, so that a large one need not be copied before it is sent.</summary>
    internal virtual bool IsRaw => false;

    /// <summary>Makes the buffer through which the items of a stream reach their consumer.</summary>
    internal virtual ItemBuffer<T> CreateBuffer(SessionStream stream) => new(stream, this);

    /// <summary>Gives the payload of a value: its own bytes if it is raw, else written to the thread's scratch buffer, valid until the next value.</summary>
    internal virtual ReadOnlyMemory<byte> Encode(T value)
    {
        var scratch = ScratchBuffer.Rent();
        Write(value, scratch);
        return scratch.Written;
    }

    /// <summary>Reads a value whose payload stands alone in an array that may be kept.</summary>
    internal virtual T ReadOwned(byte[] payload) => Read(payload);

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="destination">Where the bytes go.</param>
    public abstract void Write(T value, IBufferWriter<byte> destination);

    /// <summary>Reads a value. The bytes are only borrowed for the call.</summary>
    /// <param name="payload">One whole payload.</param>
    /// <exception cref="LoopException">Code <c>invalid_payload</c>: the bytes do not fit the type.</exception>
    public abstract T Read(ReadOnlySpan<byte> payload);
}
