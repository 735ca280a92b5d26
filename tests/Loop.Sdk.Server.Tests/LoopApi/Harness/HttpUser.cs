using System.Globalization;
using System.Text.Json;

namespace Loop.Sdk.Server.Tests.LoopApi.Harness;

/// <summary>A client of the API, with a session.</summary>
internal sealed class HttpUser(HttpWorld world, string token, string push)
{
    private static int _nonces;

    public HawkSigner Hawk { get; } = new(token);

    /// <summary>The session's token.</summary>
    public string Token => token;

    /// <summary>Where its changes are pushed to.</summary>
    public string Push => push;

    public static string NewNonce() => Interlocked.Increment(ref _nonces).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The header of a request that is made now.</summary>
    public string Sign(string method, string path, string? nonce = null, string? hash = null) => Hawk.Sign(method, new Uri(world.Address, path), world.Second, nonce ?? NewNonce(), hash);

    public Task<ApiAnswer> SendAsync(string method, string path, string? json = null) =>
        world.SendAsync(method, path, json, ("Authorization", Sign(method, path, hash: json is null ? null : HawkSigner.Hash("application/json", json))));

    /// <summary>Makes a room.</summary>
    public async Task<string> CreateAsync(string more = "", int maxSize = 2)
    {
        var answer = await SendAsync("POST", "/v0/rooms", $$"""{"roomName":"Plans","roomOwner":"Ada","maxSize":{{maxSize}}{{more}}}""");
        Assert.AreEqual(201, answer.Status, answer.Text);
        return answer.Json.GetProperty("roomToken").GetString()!;
    }

    public Task<ApiAnswer> ActAsync(string room, string action, string more = "") => SendAsync("POST", $"/v0/rooms/{room}", $$"""{"action":"{{action}}"{{more}}}""");

    public Task<ApiAnswer> JoinAsync(string room, string name = "Ada", int size = 5) => ActAsync(room, "join", Joining(name, size));

    public async Task<JsonElement> GetAsync(string room) => (await SendAsync("GET", $"/v0/rooms/{room}")).Json;

    /// <summary>The tokens of those rooms that have changed since a version, or all.</summary>
    public async Task<string> ListAsync(long? version = null)
    {
        var answer = await SendAsync("GET", "/v0/rooms" + (version is { } number ? $"?version={number}" : ""));
        Assert.AreEqual(200, answer.Status, answer.Text);
        return string.Join(' ', answer.Json.EnumerateArray().Select(static room => room.GetProperty("roomToken").GetString() + (room.TryGetProperty("deleted", out _) ? "-" : "")));
    }

    public static string Joining(string name = "Bob", int size = 5) => $$""","displayName":"{{name}}","clientMaxSize":{{size}}""";
}
