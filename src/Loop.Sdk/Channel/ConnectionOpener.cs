using System.Net.WebSockets;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;
using Loop.Sdk.Transport;

namespace Loop.Sdk.Channels;

/// <summary>Makes one connection as far as the server's welcome.</summary>
internal sealed class ConnectionOpener(ChannelClientOptions options, CredentialSource? credentials, ContractNames contracts, Clock clock)
{
    private readonly IChannelTransport _transport = options.Transport ?? new WebSocketTransport(options);

    /// <summary>Connects, says hello, and waits for the welcome.</summary>
    /// <param name="resume">The session to go on with, or null for a new one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GoAwayException">The server refused.</exception>
    /// <exception cref="LoopException">It took too long, or what came was no welcome.</exception>
    public async Task<OpenedConnection> OpenAsync(ClientPeer? resume, CancellationToken cancellationToken)
    {
        // People may have to answer for the credentials, so their time does not count.
        var current = credentials is null ? null : await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var stop = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), limit);
        WebSocket? socket = null;
        try
        {
            socket = await _transport.ConnectAsync(limit.Token).ConfigureAwait(false);
            using var abort = limit.Token.UnsafeRegister(static state => ((WebSocket)state!).Abort(), socket);
            var connection = new SessionConnection(socket, clock);
            await connection.SendHandshakeAsync(ControlFrames.Write(HelloFor(current, resume))).ConfigureAwait(false);
            return new OpenedConnection(connection, Read(await connection.ReadHandshakeAsync().ConfigureAwait(false)));
        }
        catch (Exception exception)
        {
            socket?.Abort();
            socket?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested && exception is not GoAwayException)
            {
                throw new LoopException(ErrorCodes.Unavailable, $"The server did not answer within {options.ConnectTimeout}.", exception);
            }

            throw;
        }
    }

    private Hello HelloFor(Credentials? current, ClientPeer? resume) => new()
    {
        Credentials = current,
        Services = contracts.Snapshot(),
        Limits = options.Session.Limits,
        Resume = resume is { Secret: { } secret } ? new ResumeRequest(resume.Id, secret, resume.Session.Received) : null,
    };

    private static Welcome Read(HandshakeFrame? frame) => frame switch
    {
        { Kind: FrameKind.Welcome, Body: var body } => ControlFrames.ReadWelcome(body),
        { Kind: FrameKind.GoAway, Body: var body } => throw new GoAwayException(ControlFrames.ReadGoAway(body)),
        null => throw new LoopException(ErrorCodes.Unavailable, "The server closed the connection before it said anything."),
        _ => throw new LoopException(ErrorCodes.ProtocolError, "The server's first frame is not a welcome."),
    };
}
