using System.Net.WebSockets;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Transport;

/// <summary>WebSockets over the network or a Unix domain socket.</summary>
internal sealed class WebSocketTransport(ChannelClientOptions options) : IChannelTransport
{
    private readonly HttpMessageInvoker? _invoker = Invokers.For(options);

    public async ValueTask<WebSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        await LaunchAsync(cancellationToken).ConfigureAwait(false);
        var socket = new ClientWebSocket();
        try
        {
            Configure(socket.Options);
            await socket.ConnectAsync(options.Endpoint!, _invoker, cancellationToken).ConfigureAwait(false);

            // Nobody reads them any more, and they would stay as long as the connection.
            socket.HttpResponseHeaders = null;
            return socket.SubProtocol == FrameLimits.Subprotocol
                ? socket
                : throw new GoAwayException(new GoAway(ErrorCodes.UnsupportedProtocol, Verdict.Stop) { Message = $"The endpoint does not speak {FrameLimits.Subprotocol}." });
        }
        catch (WebSocketException exception) when (HttpRefusal.Read(socket, options.TimeProvider.GetUtcNow()) is { } refusal)
        {
            socket.Dispose();
            throw new GoAwayException(refusal, exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask LaunchAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (options.Launcher is { } launcher)
            {
                await launcher.EnsureRunningAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (LoopException exception) when (exception.Code == ErrorCodes.UnsafePath)
        {
            // Somebody else could be the service: that does not become better by trying again.
            throw new GoAwayException(new GoAway(exception.Code, Verdict.Stop) { Message = exception.Message }, exception);
        }
    }

    private void Configure(ClientWebSocketOptions socket)
    {
        socket.AddSubProtocol(FrameLimits.Subprotocol);
        socket.HttpVersion = options.HttpVersion;
        socket.HttpVersionPolicy = options.HttpVersionPolicy;
        socket.CollectHttpResponseDetails = true;

        // The channel has a keep-alive of its own, which also carries acknowledgements.
        socket.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        options.ConfigureWebSocket?.Invoke(socket);
    }
}
