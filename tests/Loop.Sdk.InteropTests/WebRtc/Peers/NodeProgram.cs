using System.Diagnostics;
using System.Text.Json.Nodes;
using Loop.Sdk.InteropTests.Senders;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.InteropTests.WebRtc.Peers;

/// <summary>Node with <c>node-datachannel</c>, which is libdatachannel.</summary>
internal sealed class NodeProgram : PeerProgram
{
    private readonly NodePackage _package;
    private readonly Process _process;

    private NodeProgram(NodePackage package, Process process) => (_package, _process) = (package, process);

    // It would leave loopback out.
    protected override JsonObject Configuration => new() { ["bindAddress"] = "127.0.0.1", ["iceServers"] = new JsonArray() };

    // It puts the credentials into the address; and it goes to relays over UDP only.
    protected override IceServer Written(IceServer server) => server with
    {
        Urls = [.. server.Urls.Select(static url => url.Replace("transport=tcp", "transport=udp", StringComparison.Ordinal))],
        Username = Uri.EscapeDataString(server.Username!),
        Credential = Uri.EscapeDataString(server.Credential!),
    };

    public static async Task<NodeProgram> StartAsync()
    {
        var package = await NodePackage.InstallAsync("node-datachannel@0.33.4");
        await package.WriteAsync("peers.mjs", PeerScripts.Read("peers.js"));
        await package.WriteAsync("node.mjs", PeerScripts.Read("node.mjs"));
        var program = new NodeProgram(package, package.Start("node.mjs"));
        await program._process.StandardOutput.ReadLineAsync();
        _ = program.ReadAsync();
        return program;
    }

    public override async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    protected override async Task SendAsync(string message)
    {
        await _process.StandardInput.WriteLineAsync(message);
        await _process.StandardInput.FlushAsync();
    }

    protected override ValueTask ReleaseAsync()
    {
        _process.Dispose();
        _package.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Take(line);
        }
    }
}
