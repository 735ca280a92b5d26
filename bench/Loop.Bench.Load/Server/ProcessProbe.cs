using System.Globalization;

namespace Loop.Bench.Load.Server;

/// <summary>Reads what this process takes.</summary>
internal static class ProcessProbe
{
    private const string ResidentLine = "VmRSS:";

    public static ServerSnapshot Read() => new(
        GC.GetTotalAllocatedBytes(precise: true), ReadResidentBytes(), GC.GetTotalMemory(forceFullCollection: false), Environment.CpuUsage.TotalTime.TotalMilliseconds);

    /// <summary>Collects first, compacting and giving memory back to the system.</summary>
    public static ServerSnapshot Compact()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return Read();
    }

    private static long ReadResidentBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(ResidentLine, StringComparison.Ordinal));
        var kibibytes = line[ResidentLine.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024;
    }
}
