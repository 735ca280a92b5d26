using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>Messages that arrive in parts.</summary>
internal sealed partial class Session
{
    private int _assembling;

    /// <summary>Whether more of a message is to come.</summary>
    public bool IsAssembling => Volatile.Read(ref _assembling) > 0;

    private static int TakeTotal(ref ReadOnlySpan<byte> body, FrameFlags flags, bool first)
    {
        if (!first || (flags & FrameFlags.More) == 0)
        {
            return body.Length;
        }

        var total = FrameReader.TakeSmall(ref body, int.MaxValue);
        return total > body.Length ? total : throw FrameReader.Malformed();
    }

    /// <summary>Takes in a part of a message. Returns the message if it is whole now.</summary>
    private byte[]? TakePart(SessionStream stream, ReadOnlySpan<byte> part, FrameFlags flags, int total, ref Signal signal)
    {
        try
        {
            lock (_gate)
            {
                if (stream.IsClosed)
                {
                    // Given up by this end since the frame was taken in.
                    GrantSession(part.Length);
                    signal = Poll();
                    return null;
                }

                var message = Assemble(stream, part, (flags & FrameFlags.More) != 0, total);
                signal = message is not null && (flags & FrameFlags.End) != 0 ? EndRemote(stream) : Poll();
                return message;
            }
        }
        catch (LoopException error) when (error.Code is ErrorCodes.MessageTooLarge or ErrorCodes.ResourceExhausted)
        {
            Abandon(stream, error);
            stream.OnFailed(error);
            return null;
        }
    }

    /// <summary>Adds a part to the stream's message. Returns the message if it is whole now.</summary>
    private byte[]? Assemble(SessionStream stream, ReadOnlySpan<byte> part, bool more, int total)
    {
        // Counted ahead of the checks: if one fails, the end of the stream gives the session's credit back.
        stream.Deferred += part.Length;
        if (stream.Assembly is null && total > _options.Limits.MaxMessage)
        {
            throw new LoopException(ErrorCodes.MessageTooLarge, $"The message has {total} bytes; the limit is {_options.Limits.MaxMessage}.");
        }

        var before = stream.Assembly?.Reserved ?? 0;
        var assembly = stream.Assembly ??= new MessageAssembly(total);
        assembly.Append(part);
        _assembling += assembly.Reserved - before;
        if (_assembling > _options.MaxAssembly)
        {
            throw new LoopException(ErrorCodes.ResourceExhausted, "Too many large messages arrive at once.") { Retryable = true };
        }

        if (assembly.IsComplete == more)
        {
            throw new LoopException(ErrorCodes.ProtocolError, "A message is not of the announced length.");
        }

        // While nothing older waits for the consumer, the sender may go on at once: the message itself is the bound.
        if (stream.Unconsumed == 0)
        {
            var granted = stream.Deferred;
            stream.Deferred = 0;
            Grant(stream, granted);
        }

        if (more)
        {
            return null;
        }

        var message = assembly.Message;
        stream.Assembly = null;
        _assembling -= assembly.Reserved;
        stream.Unconsumed += message.Length;
        stream.Prepaid += message.Length - stream.Deferred;
        stream.Deferred = 0;
        return message;
    }
}
