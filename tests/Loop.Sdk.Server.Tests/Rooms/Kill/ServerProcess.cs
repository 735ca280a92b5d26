using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Loop.Sdk.Server.Tests.Rooms.Kill;

/// <summary>A server process that is killed and started again, always on the same file and port.</summary>
internal sealed class ServerProcess(string file) : IAsyncDisposable
{
    private readonly int _port = FreePort();
    private Process? _process;

    public Uri Address => new($"ws://127.0.0.1:{_port}/loop");

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { typeof(ServerProcess).Assembly.Location, ServerWorker.Name, file, $"{_port}" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.AreEqual(ServerWorker.Ready, await _process.StandardOutput.ReadLineAsync());
    }

    /// <summary>SIGKILL: nothing of it runs on.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
