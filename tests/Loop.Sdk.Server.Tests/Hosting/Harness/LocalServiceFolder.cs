using System.Diagnostics;
using System.Globalization;

namespace Loop.Sdk.Server.Tests.Hosting.Harness;

/// <summary>A folder for a service's socket. Whatever serves there in the end is ended.</summary>
internal sealed class LocalServiceFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loop-local-").FullName;

    public string Socket => Path.Combine(_folder, "socket");

    public string Database => Path.Combine(_folder, "browser.db");

    /// <summary>The process that serves, and its version.</summary>
    public (int Process, string Version)? Serving => File.Exists(Socket + ".pid") && File.ReadAllText(Socket + ".pid").Split(' ') is [var process, var version]
        ? (int.Parse(process, CultureInfo.InvariantCulture), version)
        : null;

    public static LocalServiceLauncher Launcher(string socket, string version = "1.0") => new()
    {
        SocketPath = socket,
        Program = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
        Arguments = [typeof(LocalServiceFolder).Assembly.Location, LocalServiceWorker.Name, socket, version],
        Version = Version.Parse(version),
        LogPath = socket + ".log",
        StartTimeout = TimeSpan.FromMinutes(1),
    };

    public LocalServiceLauncher Launcher(string version = "1.0") => Launcher(Socket, version);

    public ChannelClient Connect() => Connect(Socket);

    public static ChannelClient Connect(string socket)
    {
        var options = new ChannelClientOptions { ConnectTimeout = TimeSpan.FromMinutes(1), Reconnect = { InitialDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(200) } };
        options.UseLocalService(Launcher(socket));
        return ChannelClient.Create(options);
    }

    /// <summary>Ends the process at once, as SIGKILL does.</summary>
    public async Task KillAsync()
    {
        using var process = Process.GetProcessById(Serving!.Value.Process);
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (Serving is { } serving)
        {
            try
            {
                using var process = Process.GetProcessById(serving.Process);
                process.Kill();
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It has ended already.
            }
        }

        Directory.Delete(_folder, recursive: true);
    }
}
