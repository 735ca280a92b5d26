using System.Diagnostics;
using Loop.Bench.Load.Orchestration;

namespace Loop.Bench.Load.DataChannels;

/// <summary>Starts the ends of each target.</summary>
internal static class Ends
{
    public const string Libdatachannel = "libdatachannel";

    private const string Package = "node-datachannel@0.33.4";

    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(1);

    private static string? _folder;

    public static EndProcess Start(string target, string name) => new(name, target == Libdatachannel ? Node() : ChildProcess.Describe(Roles.End));

    private static ProcessStartInfo Node()
    {
        _folder ??= Install();
        return new ProcessStartInfo("node", [Path.Combine(_folder, "end.mjs")]) { WorkingDirectory = _folder };
    }

    private static string Install()
    {
        var folder = Directory.CreateTempSubdirectory("loop-bench-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var start = new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", "--prefix", folder, Package]);
        using var npm = Process.Start(start)!;
        if (!npm.WaitForExit(InstallPatience))
        {
            npm.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{Package} was not installed within {InstallPatience.TotalSeconds} s.");
        }

        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Package} could not be installed.");
        }

        using var script = typeof(Ends).Assembly.GetManifestResourceStream("Loop.Bench.Load.DataChannels.libdatachannel.mjs")!;
        using var file = File.Create(Path.Combine(folder, "end.mjs"));
        script.CopyTo(file);
        return folder;
    }
}
