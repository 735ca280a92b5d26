using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.InteropTests.WebRtc.Peers;

/// <summary>A peer of another implementation.</summary>
internal sealed class ForeignPeer(PeerProgram program, int id)
{
    private readonly Channel<IceCandidate> _candidates = Channel.CreateUnbounded<IceCandidate>();

    public int Id => id;

    public ChannelReader<IceCandidate> Candidates => _candidates.Reader;

    /// <summary>Opens a channel and gives its index.</summary>
    public async Task<int> OpenAsync(string label, JsonObject? options = null) => (await CallAsync("open", new() { ["label"] = label, ["options"] = options ?? [] })).GetInt32();

    public async Task<SessionDescription> OfferAsync(bool restarts = false) => Read(await CallAsync("offer", new() { ["restarts"] = restarts }));

    /// <summary>Takes a description; answers an offer.</summary>
    public async Task<SessionDescription?> AcceptAsync(SessionDescription description)
    {
        var arguments = new JsonObject { ["description"] = new JsonObject { ["type"] = description.Type == SdpType.Offer ? "offer" : "answer", ["sdp"] = description.Sdp } };
        var answer = await CallAsync("accept", arguments);
        return answer.ValueKind == JsonValueKind.Null ? null : Read(answer);
    }

    public Task AddAsync(IceCandidate candidate) => CallAsync("candidate", new() { ["candidate"] = candidate.Candidate, ["mid"] = candidate.SdpMid ?? "0" });

    public Task ConnectedAsync() => CallAsync("connected");

    /// <summary>Waits for a channel to be open, whoever made it, and gives its index.</summary>
    public async Task<int> ChannelAsync(string label) => (await CallAsync("channel", new() { ["label"] = label })).GetInt32();

    public Task<JsonElement> InfoAsync(int channel) => CallAsync("info", new() { ["index"] = channel });

    public Task SendAsync(int channel, string text) => CallAsync("send", new() { ["index"] = channel, ["text"] = text });

    public Task SendAsync(int channel, int size, int count = 1, int first = 0) =>
        CallAsync("send", new() { ["index"] = channel, ["size"] = size, ["count"] = count, ["first"] = first });

    /// <summary>Waits for so many messages, and gives all.</summary>
    public Task<JsonElement> ReceivedAsync(int channel, int count) => CallAsync("received", new() { ["index"] = channel, ["count"] = count });

    /// <summary>Counts what comes from now on, and no more than that.</summary>
    public Task DrainAsync(int channel) => CallAsync("drain", new() { ["index"] = channel });

    public async Task<long> BytesAsync(int channel, long least) => (await CallAsync("bytes", new() { ["index"] = channel, ["least"] = least })).GetInt64();

    public Task CloseAsync(int channel) => CallAsync("close", new() { ["index"] = channel });

    public Task ClosedAsync(int channel) => CallAsync("closed", new() { ["index"] = channel });

    public async Task<string> StateAsync() => (await CallAsync("state")).GetString()!;

    public Task EndAsync() => CallAsync("end");

    public void Found(IceCandidate candidate) => _candidates.Writer.TryWrite(candidate);

    private static SessionDescription Read(JsonElement description) =>
        new(description.GetProperty("type").GetString() == "offer" ? SdpType.Offer : SdpType.Answer, description.GetProperty("sdp").GetString()!);

    private Task<JsonElement> CallAsync(string what, JsonObject? arguments = null) => program.CallAsync(id, what, arguments);
}
