namespace Loop.Bench.Load.Client;

/// <summary>How many files this process may have open.</summary>
internal static class Descriptors
{
    // The sockets beside the sessions: the control client's, the runtime's own descriptors.
    private const int Spare = 500;

    /// <exception cref="InvalidOperationException">They are not enough.</exception>
    public static void Require(int sessions)
    {
        // The runtime has already raised the soft limit to the hard one.
        var line = File.ReadLines("/proc/self/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var limit = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        if (int.TryParse(limit, out var descriptors) && descriptors < sessions + Spare)
        {
            throw new InvalidOperationException($"{sessions} sessions need {sessions + Spare} file descriptors; the limit is {descriptors}.");
        }
    }
}
