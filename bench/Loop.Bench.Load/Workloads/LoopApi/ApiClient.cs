using System.Text.RegularExpressions;
using Loop.Bench.Load.Targets.Bare;

namespace Loop.Bench.Load.Workloads.LoopApi;

/// <summary>An owner with a room, who reads it and joins it again and again. The bare endpoints get the same requests, signed too, since the client's work counts.</summary>
internal sealed partial class ApiClient : IDisposable
{
    private const string Join = """{"action":"join","displayName":"Ada","clientMaxSize":2}""";

    private readonly ApiConnection _connection;
    private readonly HawkClient _hawk;
    private readonly string _path;

    private ApiClient(ApiConnection connection, HawkClient hawk, string path)
    {
        _connection = connection;
        _hawk = hawk;
        _path = path;
    }

    public static async Task<ApiClient> ConnectAsync(int port, string target)
    {
        var connection = await ApiConnection.ConnectAsync(port);
        await connection.SendAsync("POST", "/v0/registration", null, "{}", 200);
        var hawk = new HawkClient(Token().Match(connection.Answer).Groups[1].Value, port);
        await connection.SendAsync("POST", "/v0/rooms", hawk.Sign("POST", "/v0/rooms"), """{"roomName":"Plans","roomOwner":"Ada","maxSize":2}""", 201);
        var room = Room().Match(connection.Answer).Groups[1].Value;
        return new ApiClient(connection, hawk, (target == BareTarget.Name ? BareEndpoints.Path : "/v0/rooms/") + room);
    }

    public Task GetAsync() => _connection.SendAsync("GET", _path, _hawk.Sign("GET", _path), "", 200);

    public Task JoinAsync() => _connection.SendAsync("POST", _path, _hawk.Sign("POST", _path), Join, 200);

    public void Dispose() => _connection.Dispose();

    [GeneratedRegex("Hawk-Session-Token: ([0-9a-f]{64})")]
    private static partial Regex Token();

    [GeneratedRegex("\"roomToken\":\"([^\"]+)\"")]
    private static partial Regex Room();
}
