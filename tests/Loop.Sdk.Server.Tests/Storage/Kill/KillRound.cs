using System.Diagnostics;

namespace Loop.Sdk.Server.Tests.Storage.Kill;

/// <summary>One life of the worker: it ends by SIGKILL after a number of acknowledged writes.</summary>
internal static class KillRound
{
    /// <summary>All lines that were printed, those after the decision to kill included.</summary>
    public static async Task<List<string>> RunAsync(string file, int round, int acknowledged, bool isEarly = false)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { typeof(KillRound).Assembly.Location, KillWorker.Name, file, $"{round}", isEarly ? KillWorker.Early : "" },
            RedirectStandardOutput = true,
        })!;
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (lines.Count == acknowledged)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        return lines;
    }
}
