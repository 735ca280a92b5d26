using System.Diagnostics;

namespace Loop.Sdk.InteropTests.Senders;

/// <summary>A package of the npm registry, installed for a test, and scripts that run with it.</summary>
internal sealed class NodePackage : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("loop-node-").FullName;

    /// <summary>Whether scripts can run at all.</summary>
    public static bool IsAvailable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(static folder => File.Exists(Path.Combine(folder, "npm")));

    public static async Task<NodePackage> InstallAsync(string package)
    {
        var installed = new NodePackage();
        try
        {
            await installed.StartAsync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", installed._folder, package]);
            return installed;
        }
        catch
        {
            installed.Dispose();
            throw;
        }
    }

    /// <summary>Runs a script and gives what it wrote.</summary>
    public async Task<string> RunAsync(string script, params string[] arguments)
    {
        var file = Path.Combine(_folder, "script.mjs");
        await File.WriteAllTextAsync(file, script);
        return await StartAsync("node", [file, .. arguments]);
    }

    /// <summary>Writes a file that scripts may import.</summary>
    public Task WriteAsync(string name, string content) => File.WriteAllTextAsync(Path.Combine(_folder, name), content);

    /// <summary>Starts a script that was written, and leaves it running. The caller ends it.</summary>
    public Process Start(string name) => Process.Start(new ProcessStartInfo("node", [Path.Combine(_folder, name)])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        WorkingDirectory = _folder,
    })!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> StartAsync(string program, string[] arguments)
    {
        using var patience = new CancellationTokenSource(Patience);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program}: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
