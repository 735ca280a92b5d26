using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Server;

/// <summary>Reads the first frame of a connection, which must be a hello and must be there in time, however its bytes trickle in.</summary>
internal sealed class HelloReader(TimeSpan timeout, Clock clock)
{
    /// <summary>Gives the hello. Null if the client closed the connection instead.</summary>
    /// <param name="reading">The read of the connection's first frame. It goes on if this fails because the time is up.</param>
    /// <exception cref="LoopException">It is no hello, cannot be read, is too large or too late.</exception>
    public async ValueTask<Hello?> ReadAsync(Task<HandshakeFrame?> reading)
    {
        HandshakeFrame? frame;
        try
        {
            frame = await reading.WaitAsync(timeout, clock.Time).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new LoopException(ErrorCodes.HelloExpected, "The hello came too late.", exception) { Retryable = true };
        }

        return frame switch
        {
            null => null,
            { Kind: FrameKind.Hello, Body: var body } => ControlFrames.ReadHello(body),
            _ => throw new LoopException(ErrorCodes.HelloExpected, "The first frame is not a hello."),
        };
    }
}
