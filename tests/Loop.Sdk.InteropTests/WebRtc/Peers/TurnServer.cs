using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.InteropTests.WebRtc.Peers;

/// <summary>A real coturn on loopback, with the credentials scheme of our server.</summary>
internal sealed class TurnServer : IAsyncDisposable
{
    public const string Secret = "north";

    private readonly string _folder = Directory.CreateTempSubdirectory("loop-turn-").FullName;
    private readonly Process _process;

    private TurnServer(int port)
    {
        Port = port;
        _process = Process.Start(new ProcessStartInfo(
            Executable!,
            [
                "-n", "--no-cli", "--no-tls", "--no-dtls", "--use-auth-secret", $"--static-auth-secret={Secret}", "--realm=loop", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1",
                $"--listening-port={port}", "--allow-loopback-peers", "--no-multicast-peers", $"--userdb={_folder}/db", $"--pidfile={_folder}/pid", "--log-file=stdout", "--simple-log",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it is; null if it is not installed.</summary>
    public static string? Executable { get; } = new[] { "/usr/bin/turnserver" }.FirstOrDefault(File.Exists);

    public int Port { get; }

    public static async Task<TurnServer> StartAsync()
    {
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        var server = new TurnServer(port);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                return server;
            }
            catch (SocketException)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    /// <summary>Its address, with credentials for some minutes.</summary>
    /// <param name="transport">How to reach it.</param>
    public IceServer Credentials(string transport)
    {
        var user = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600}:ada";
#pragma warning disable CA5350 // The scheme says so.
        var password = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(user)));
#pragma warning restore CA5350
        return new IceServer { Urls = [$"turn:127.0.0.1:{Port}?transport={transport}"], Username = user, Credential = password };
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
