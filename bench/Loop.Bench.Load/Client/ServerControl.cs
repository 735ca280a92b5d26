using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Loop.Bench.Load.Payload;
using Loop.Bench.Load.Server;

namespace Loop.Bench.Load.Client;

/// <summary>Speaks to the server's control endpoints.</summary>
internal sealed class ServerControl(int port) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/control/"), Timeout = TimeSpan.FromMinutes(5) };

    public Task<ServerSnapshot> GetStatsAsync() => GetAsync("stats", BenchJson.Default.ServerSnapshot);

    public Task<ServerSnapshot> CompactAsync() => GetAsync("gc", BenchJson.Default.ServerSnapshot);

    public Task<int> CutAsync() => GetAsync("cut", BenchJson.Default.Int32);

    public Task<PublishResult> PushAsync(TimeSpan duration) =>
        GetAsync($"push?milliseconds={(int)duration.TotalMilliseconds}", BenchJson.Default.PublishResult);

    public Task<PublishResult> PublishAsync(TimeSpan duration, int perSecond = 0) =>
        GetAsync($"publish?milliseconds={(int)duration.TotalMilliseconds}&perSecond={perSecond}", BenchJson.Default.PublishResult);

    /// <summary>Has the server store push messages for others, and some of them for one subscription.</summary>
    public Task<int> StoreBacklogAsync(string endpoint, int messages) => GetAsync($"backlog?endpoint={endpoint}&messages={messages}", BenchJson.Default.Int32);

    public async Task ExitAsync()
    {
        using var response = await _http.GetAsync(new Uri("exit", UriKind.Relative));
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type) =>
        await _http.GetFromJsonAsync(path, type) ?? throw new InvalidOperationException($"The server answered {path} with nothing.");
}
