using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loop.Bench.Load.DataChannels;

/// <summary>A process that is an end of connections, told what to do by lines of JSON. It ends with its standard input.</summary>
internal sealed class EndProcess : IAsyncDisposable
{
    private readonly string _name;
    private readonly Process _process;
    private string? _doing;

    public EndProcess(string name, ProcessStartInfo start)
    {
        _name = name;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
    }

    /// <summary>What it was told to do and has not answered yet, or null.</summary>
    public string? Owes => _doing is null ? null : $"{_name} (told to {_doing})";

    public async Task<JsonElement> CallAsync(string what, JsonObject? arguments = null, CancellationToken cancellationToken = default)
    {
        _doing = what;
        var command = arguments ?? [];
        command["do"] = what;
        await _process.StandardInput.WriteLineAsync(command.ToJsonString().AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken)
            ?? throw new InvalidOperationException($"{_name} ended when it was told to {what}.");
        _doing = null;
        return JsonElement.Parse(line).GetProperty("value");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
