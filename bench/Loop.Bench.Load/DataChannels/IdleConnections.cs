using System.Net;
using System.Text.Json.Nodes;
using Loop.Bench.Load.Server;
using Loop.Sdk.WebRtc;

namespace Loop.Bench.Load.DataChannels;

/// <summary>Connections that are open and do nothing: what each costs to keep.</summary>
internal static class IdleConnections
{
    private const int Warmup = 40;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Until what keeps connections alive has run, and been compiled.</summary>
    private static readonly TimeSpan FirstChecks = TimeSpan.FromSeconds(8);

    /// <summary>Opens them, to each other, in this process, and waits.</summary>
    /// <returns>How many bytes the process has grown by, and how many microseconds it computed while nothing happened.</returns>
    public static async Task<JsonNode> MeasureAsync(PeerConnectionFactory factory, int count, TimeSpan duration)
    {
        await CloseAsync(await OpenAsync(factory, Warmup));
        var before = await SettleAsync();
        var connections = await OpenAsync(factory, count);
        var after = await SettleAsync();
        await Task.Delay(FirstChecks);
        var cpu = Environment.CpuUsage.TotalTime;
        await Task.Delay(duration);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        await CloseAsync(connections);
        return new JsonObject { ["bytes"] = after.ResidentBytes - before.ResidentBytes, ["managed"] = after.ManagedBytes - before.ManagedBytes, ["cpu"] = cpu.TotalMicroseconds };
    }

    private static async Task<List<IPeerConnection>> OpenAsync(PeerConnectionFactory factory, int count)
    {
        var options = new PeerConnectionOptions { LocalAddresses = [IPAddress.Loopback] };
        var connections = new List<IPeerConnection>();
        while (connections.Count < count)
        {
            var (one, other) = (factory.Create(options), factory.Create(options));
            connections.AddRange([one, other]);
            var channel = one.CreateDataChannel("idle");
            await other.SetRemoteDescriptionAsync(await one.SetLocalDescriptionAsync());
            await one.SetRemoteDescriptionAsync(await other.SetLocalDescriptionAsync());
            await channel.WaitForOpenAsync();
        }

        return connections;
    }

    private static async Task CloseAsync(List<IPeerConnection> connections)
    {
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    private static async Task<ServerSnapshot> SettleAsync()
    {
        await Task.Delay(Settling);
        return ProcessProbe.Compact();
    }
}
