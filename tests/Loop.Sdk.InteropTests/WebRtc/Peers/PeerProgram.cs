using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.InteropTests.WebRtc.Peers;

/// <summary>A program of others with WebRTC in it, which makes peers as it is told.</summary>
internal abstract class PeerProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _calls = [];
    private readonly ConcurrentDictionary<int, ForeignPeer> _peers = [];
    private int _last;

    /// <summary>What its peers are configured with besides the servers.</summary>
    protected virtual JsonObject Configuration => [];

    /// <summary>A relay as it wants to be told.</summary>
    protected virtual IceServer Written(IceServer server) => server;

    /// <summary>Makes a peer.</summary>
    /// <param name="servers">TURN servers that it has to go through; none for direct paths.</param>
    /// <param name="trickles">Whether it tells candidates as it finds them; otherwise they are in its descriptions.</param>
    /// <param name="echoes">Whether it sends back what comes.</param>
    public async Task<ForeignPeer> CreatePeerAsync(IReadOnlyList<IceServer>? servers = null, bool trickles = false, bool echoes = true)
    {
        var peer = new ForeignPeer(this, Interlocked.Increment(ref _last));
        _peers[peer.Id] = peer;
        var config = Configuration;
        if (servers is not null)
        {
            config["iceTransportPolicy"] = "relay";
            config["iceServers"] = new JsonArray([.. servers.Select(Written).Select(static server => (JsonNode)new JsonObject
            {
                ["urls"] = new JsonArray([.. server.Urls.Select(static url => (JsonNode)url)]),
                ["username"] = server.Username,
                ["credential"] = server.Credential,
            })]);
        }

        await CallAsync(peer.Id, "create", new JsonObject { ["config"] = config, ["trickles"] = trickles, ["echoes"] = echoes });
        return peer;
    }

    /// <summary>Has a peer do something.</summary>
    public async Task<JsonElement> CallAsync(int peer, string what, JsonObject? arguments = null)
    {
        var id = Interlocked.Increment(ref _last);
        var call = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = arguments ?? [];
        (message["id"], message["peer"], message["do"]) = (id, peer, what);
        await SendAsync(message.ToJsonString());
        return await call.Task.WaitAsync(Patience);
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public abstract Task KillAsync();

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await ReleaseAsync();
    }

    protected abstract Task SendAsync(string message);

    protected virtual ValueTask ReleaseAsync() => ValueTask.CompletedTask;

    /// <summary>Something that the program said.</summary>
    protected void Take(string line)
    {
        var message = JsonElement.Parse(line);
        if (message.TryGetProperty("id", out var id))
        {
            var call = _calls.TryRemove(id.GetInt32(), out var found) ? found : throw new InvalidOperationException(line);
            if (message.TryGetProperty("error", out var error))
            {
                call.SetException(new InvalidOperationException(error.GetString()));
            }
            else
            {
                call.SetResult(message.GetProperty("value"));
            }
        }
        else if (message.TryGetProperty("candidate", out var candidate))
        {
            _peers[message.GetProperty("peer").GetInt32()].Found(new IceCandidate(candidate.GetString()!, message.GetProperty("mid").GetString()));
        }
    }
}
