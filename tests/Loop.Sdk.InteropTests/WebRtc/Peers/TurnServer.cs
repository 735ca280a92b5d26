using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.InteropTests.WebRtc.Peers;

/// <summary>A real coturn on loopback, with the credentials scheme of our server.</summary>
internal sealed class TurnServer : IAsyncDisposable
{
    public const string Secret = "north";

    private readonly string _folder = Directory.CreateTempSubdirectory("loop-turn-").FullName;
    private readonly Process _process;

    private TurnServer(IPAddress address, int port, int tlsPort, X509Certificate2? certificate)
    {
        (Address, Port, TlsPort) = (address, port, tlsPort);
        _process = Process.Start(new ProcessStartInfo(
            Executable!,
            [
                "-n", "--no-cli", "--no-dtls", "--use-auth-secret", $"--static-auth-secret={Secret}", "--realm=loop", $"--listening-ip={address}", $"--relay-ip={address}",
                $"--listening-port={port}", "--allow-loopback-peers", "--no-multicast-peers", $"--userdb={_folder}/db", $"--pidfile={_folder}/pid", "--log-file=stdout", "--simple-log",
                .. certificate is null ? ["--no-tls"] : TlsArguments(certificate),
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

    public IPAddress Address { get; }

    public int Port { get; }

    public int TlsPort { get; }

    /// <summary>Starts one.</summary>
    /// <param name="address">Where it listens and relays; null for 127.0.0.1.</param>
    /// <param name="certificate">For TLS, with its key; null for none.</param>
    public static async Task<TurnServer> StartAsync(IPAddress? address = null, X509Certificate2? certificate = null)
    {
        address ??= IPAddress.Loopback;
        var ports = FreePorts(address);
        var server = new TurnServer(address, ports[0], ports[1], certificate);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(address, certificate is null ? server.Port : server.TlsPort, patience.Token);
                return server;
            }
            catch (SocketException)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    /// <summary>Its address, with credentials for some minutes.</summary>
    /// <param name="transport">How to reach it: <c>udp</c>, <c>tcp</c> or <c>tls</c>.</param>
    /// <param name="lifetime">How long from now they are valid; null for some minutes.</param>
    /// <param name="secret">What they are made with.</param>
    public IceServer Credentials(string transport, TimeSpan? lifetime = null, string secret = Secret)
    {
        var user = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds() + (long)(lifetime ?? TimeSpan.FromMinutes(10)).TotalSeconds}:ada";
#pragma warning disable CA5350 // The scheme says so.
        var password = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(user)));
#pragma warning restore CA5350
        var host = Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]" : $"{Address}";
        var url = transport == "tls" ? $"turns:{host}:{TlsPort}?transport=tcp" : $"turn:{host}:{Port}?transport={transport}";
        return new IceServer { Urls = [url], Username = user, Credential = password };
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

    private static int[] FreePorts(IPAddress address)
    {
        using var first = new TcpListener(address, 0);
        using var second = new TcpListener(address, 0);
        first.Start();
        second.Start();
        return [((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port];
    }

    private string[] TlsArguments(X509Certificate2 certificate)
    {
        File.WriteAllText($"{_folder}/certificate.pem", certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText($"{_folder}/key.pem", key.ExportPkcs8PrivateKeyPem());
        return [$"--tls-listening-port={TlsPort}", $"--cert={_folder}/certificate.pem", $"--pkey={_folder}/key.pem"];
    }
}
