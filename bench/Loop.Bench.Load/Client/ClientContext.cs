using System.Globalization;
using Loop.Bench.Load.Targets;

namespace Loop.Bench.Load.Client;

/// <summary>What a workload works with, in the client process.</summary>
internal sealed class ClientContext(Target target, int port, RunTimes times) : IDisposable
{
    private const int ConnectConcurrency = 64;

    private readonly IClientTarget _client = target.CreateClient();

    /// <summary>The target's name.</summary>
    public string Target => target.Name;

    /// <summary>The server's port on the loopback.</summary>
    public int Port => port;

    public TimeSpan Warmup => times.Warmup;

    public TimeSpan Duration => times.Measured;

    public ServerControl Control { get; } = new(port);

    public async Task<T> ConnectAsync<T>()
        where T : class, IClientConnection
    {
        var connection = await _client.ConnectAsync(port, CancellationToken.None);
        return connection as T ?? throw new NotSupportedException($"A session of {target.Name} is no {typeof(T).Name}.");
    }

    public async Task<T> ConnectAsync<T>(string account)
        where T : class, IClientConnection
    {
        var accounts = _client as IAccountTarget ?? throw new NotSupportedException($"{target.Name} knows no accounts.");
        return (T)await accounts.ConnectAsync(port, account, CancellationToken.None);
    }

    public Task<T[]> ConnectManyAsync<T>(int count)
        where T : class, IClientConnection => ConnectManyAsync(count, _ => ConnectAsync<T>());

    public static async Task<T[]> ConnectManyAsync<T>(int count, Func<int, Task<T>> connect)
    {
        var connections = new T[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = ConnectConcurrency }, async (i, _) => connections[i] = await connect(i));
        return connections;
    }

    public static void Report(string metric, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ClientOutput.Metric}{metric} {value:R}"));

    public void Dispose() => Control.Dispose();
}
