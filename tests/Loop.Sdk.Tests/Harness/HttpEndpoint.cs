using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Loop.Sdk.Tests.Harness;

/// <summary>A TCP endpoint on the loopback that gives every request the same answer.</summary>
internal sealed class HttpEndpoint : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <summary>Starts to answer.</summary>
    /// <param name="answer">Gives the whole answer to a request's head.</param>
    public HttpEndpoint(Func<string, string> answer)
    {
        _listener.Start();
        Address = new Uri($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/loop");
        _ = ServeAsync(answer);
    }

    public Uri Address { get; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Func<string, string> answer)
    {
        using var socket = await _listener.AcceptSocketAsync();
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append(Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer)));
        }

        await socket.SendAsync(Encoding.ASCII.GetBytes(answer(head.ToString())));
        await socket.ReceiveAsync(buffer);
    }
}
