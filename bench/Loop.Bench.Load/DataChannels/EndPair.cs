using System.Text.Json.Nodes;

namespace Loop.Bench.Load.DataChannels;

/// <summary>Two processes and what is between them.</summary>
internal sealed class EndPair : IAsyncDisposable
{
    private readonly EndProcess _one;
    private readonly EndProcess _other;
    private readonly EndGroup _ends;

    public EndPair(string target)
    {
        _one = Ends.Start(target, "The offering end");
        _other = Ends.Start(target, "the answering end");
        _ends = new EndGroup(_one, _other);
    }

    /// <summary>Connects them, anew if they were connected.</summary>
    /// <returns>Milliseconds until both had the channel open.</returns>
    public Task<double> ConnectAsync(LossyLink? link = null) => _ends.StepAsync(TimeSpan.Zero, async patience =>
    {
        var start = TimeProvider.System.GetTimestamp();
        var offer = (await _one.CallAsync("offer", cancellationToken: patience)).GetString()!;
        var answer = (await _other.CallAsync("answer", Sdp(link?.StandInForOne(offer) ?? offer), patience)).GetString()!;
        await _one.CallAsync("accept", Sdp(link?.StandInForOther(answer) ?? answer), patience);
        await Task.WhenAll(_one.CallAsync("open", cancellationToken: patience), _other.CallAsync("open", cancellationToken: patience));
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    });

    /// <summary>Sends messages of a size for a time.</summary>
    public Task<(double BytesPerSecond, double MessagesPerSecond, double AllocatedPerByte)> SendAsync(int size, TimeSpan duration) => _ends.StepAsync(duration, async patience =>
    {
        await _other.CallAsync("count", cancellationToken: patience);
        var counting = _other.CallAsync("counted", cancellationToken: patience);
        var sending = _one.CallAsync("send", new JsonObject { ["size"] = size, ["seconds"] = duration.TotalSeconds }, patience);
        await Task.WhenAll(counting, sending);
        var (counted, sent) = (await counting, await sending);
        var seconds = counted.GetProperty("seconds").GetDouble();
        var bytes = counted.GetProperty("bytes").GetDouble();
        var allocated = sent.GetProperty("allocated").GetDouble() + counted.GetProperty("allocated").GetDouble();
        return (bytes / seconds, counted.GetProperty("messages").GetDouble() / seconds, allocated / bytes);
    });

    /// <summary>Sends messages there and back, one at a time. Nothing else can be done afterwards.</summary>
    /// <returns>The median, in microseconds.</returns>
    public Task<double> PingAsync(int size, int rounds) => _ends.StepAsync(TimeSpan.Zero, async patience =>
    {
        await _other.CallAsync("echo", cancellationToken: patience);
        return (await _one.CallAsync("ping", new JsonObject { ["size"] = size, ["rounds"] = rounds }, patience)).GetDouble();
    });

    public ValueTask DisposeAsync() => _ends.DisposeAsync();

    private static JsonObject Sdp(string sdp) => new() { ["sdp"] = sdp };
}
