using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loop.Bench.Load.DataChannels;

/// <summary>A process that is one end of a connection, told what to do by lines of JSON. It ends with its standard input.</summary>
internal sealed class EndProcess : IAsyncDisposable
{
    private readonly Process _process;

    public EndProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
    }

    public async Task<JsonElement> CallAsync(string what, JsonObject? arguments = null, CancellationToken cancellationToken = default)
    {
        var command = arguments ?? [];
        command["do"] = what;
        await _process.StandardInput.WriteLineAsync(command.ToJsonString().AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException($"The process ended while it was to {what}.");
        return JsonElement.Parse(line).GetProperty("value");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
