using System.Globalization;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Server;

namespace Loop.Bench.Load.Orchestration;

/// <summary>One round: a fresh server and a fresh client, one target, one workload.</summary>
internal static class RoundRunner
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task<IReadOnlyDictionary<string, double>> RunAsync(string workload, string target, RunTimes times)
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var server = ChildProcess.Start(Roles.Server, target, workload);
        var port = await ReadPortAsync(server, patience.Token);
        await using var client = ChildProcess.Start([Roles.Client, workload, target, port, .. times.ToArguments()]);
        var metrics = await ReadMetricsAsync(client, patience.Token);
        var exitCode = await client.WaitForExitAsync(patience.Token);
        using var control = new ServerControl(int.Parse(port, CultureInfo.InvariantCulture));
        await control.ExitAsync();
        return exitCode == 0 ? metrics : throw new InvalidOperationException($"The client ended with {exitCode}.");
    }

    private static async Task<string> ReadPortAsync(ChildProcess server, CancellationToken cancellationToken)
    {
        while (await server.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(ServerOutput.Port, StringComparison.Ordinal))
            {
                return line[ServerOutput.Port.Length..];
            }
        }

        throw new InvalidOperationException("The server ended before it had a port.");
    }

    private static async Task<Dictionary<string, double>> ReadMetricsAsync(ChildProcess client, CancellationToken cancellationToken)
    {
        var metrics = new Dictionary<string, double>();
        while (await client.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(ClientOutput.Metric, StringComparison.Ordinal))
            {
                var parts = line[ClientOutput.Metric.Length..].Split(' ');
                metrics[parts[0]] = double.Parse(parts[1], CultureInfo.InvariantCulture);
            }
        }

        return metrics;
    }
}
