using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace QuickStart.Server;

/// <summary>The server as a process of its own: this program, started again with an argument. It can be killed, and started on the same file and port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Argument = "server";

    private readonly string _folder = Directory.CreateTempSubdirectory("quickstart-").FullName;
    private readonly HttpClient _http = new();
    private Process? _process;

    public int Port { get; } = FreePort();

    /// <summary>The process, while it runs.</summary>
    public int? Id => _process?.Id;

    private string File => Path.Combine(_folder, "loop.db");

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // Started as "dotnet QuickStart.dll", the program is the first argument.
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        foreach (var argument in (string[])[.. program, Argument, $"{Port}", File])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        if (await _process.StandardOutput.ReadLineAsync() != ServerHost.Ready)
        {
            throw new InvalidOperationException("The server did not start.");
        }
    }

    /// <summary>Ends the process at once, as a power failure does: it cannot say goodbye, or write anything more.</summary>
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

    /// <summary>Gives a token that the server takes.</summary>
    public async Task<string> TokenAsync(string user, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsync(new Uri($"http://127.0.0.1:{Port}/token/{user}"), content: null, cancellationToken);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
