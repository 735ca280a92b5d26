using System.Diagnostics;
using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Orchestration;

/// <summary>This executable once more, in another role. It ends with its standard input.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static ChildProcess Start(params string[] arguments) => new(Process.Start(Describe(arguments))!);

    /// <summary>How this executable is started in another role.</summary>
    public static ProcessStartInfo Describe(params string[] arguments)
    {
        var host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        }

        // On two busy cores, profile-guided code takes some ten seconds to settle, and until then figures differ threefold from
        // round to round. Without it they settle within one; all targets are slower by a tenth. Who wants it sets it to 1.
        start.Environment.TryAdd("DOTNET_TieredPGO", "0");
        start.Environment.TryAdd("DOTNET_TC_CallCountingDelayMs", "0");
        if (arguments is [Roles.Server, _, WorkloadNames.UserAgent])
        {
            // As samples/UserAgentService is, which runs all day beside other programs.
            start.Environment.TryAdd("DOTNET_gcConcurrent", "0");
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    public ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => _process.StandardOutput.ReadLineAsync(cancellationToken);

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(ExitPatience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
