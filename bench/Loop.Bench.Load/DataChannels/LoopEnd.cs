using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loop.Sdk.WebRtc;

namespace Loop.Bench.Load.DataChannels;

/// <summary>One end by this library.</summary>
internal sealed class LoopEnd : IDisposable
{
    private const string Label = "bench";

    private readonly PeerConnectionFactory _factory = new();
    private IPeerConnection? _connection;
    private IDataChannel? _channel;
    private Task<JsonNode>? _counting;

    public async Task<JsonNode> DoAsync(string what, JsonElement command) => what switch
    {
        "offer" => await OfferAsync(),
        "answer" => await AnswerAsync(Sdp(command)),
        "accept" => await AcceptAsync(Sdp(command)),
        "open" => await OpenAsync(),
        "echo" => Start(EchoAsync()),
        "count" => Start(_counting = CountAsync()),
        "counted" => await _counting!,
        "send" => await SendAsync(command.GetProperty("size").GetInt32(), Duration(command)),
        "ping" => await PingAsync(command.GetProperty("size").GetInt32(), command.GetProperty("rounds").GetInt32()),
        "idle" => await IdleConnections.MeasureAsync(_factory, command.GetProperty("connections").GetInt32(), Duration(command)),
        _ => throw new ArgumentException($"An end cannot {what}.", nameof(what)),
    };

    public void Dispose() => _factory.Dispose();

    private static string Sdp(JsonElement command) => command.GetProperty("sdp").GetString()!;

    private static TimeSpan Duration(JsonElement command) => TimeSpan.FromSeconds(command.GetProperty("seconds").GetDouble());

    private static JsonNode Start(Task work)
    {
        _ = work;
        return 0;
    }

    private async Task<JsonNode> OfferAsync()
    {
        await CreateAsync();
        _channel = _connection!.CreateDataChannel(Label);
        await _connection.SetLocalDescriptionAsync();
        return await GatheredAsync();
    }

    private async Task<JsonNode> AnswerAsync(string offer)
    {
        await CreateAsync();
        await _connection!.SetRemoteDescriptionAsync(new SessionDescription(SdpType.Offer, offer));
        await _connection.SetLocalDescriptionAsync();
        return await GatheredAsync();
    }

    private async Task<JsonNode> AcceptAsync(string answer)
    {
        await _connection!.SetRemoteDescriptionAsync(new SessionDescription(SdpType.Answer, answer));
        return 0;
    }

    private async Task<JsonNode> OpenAsync()
    {
        if (_channel is null)
        {
            await foreach (var channel in _connection!.IncomingChannelsAsync())
            {
                _channel = channel;
                break;
            }
        }

        await _channel!.WaitForOpenAsync();
        return 0;
    }

    private async Task CreateAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _channel = null;
        _connection = _factory.Create(new PeerConnectionOptions { LocalAddresses = [IPAddress.Loopback] });
    }

    /// <summary>The description with all candidates.</summary>
    private async Task<JsonNode> GatheredAsync()
    {
        await foreach (var signal in _connection!.SignalsAsync())
        {
            if (signal is CandidateFound { Candidate.Candidate: "" })
            {
                break;
            }
        }

        return _connection.LocalDescription!.Sdp;
    }

    private async Task EchoAsync()
    {
        await foreach (var message in _channel!.MessagesAsync())
        {
            await _channel.SendAsync(message.Payload, message.Kind);
        }
    }

    private async Task<JsonNode> CountAsync()
    {
        var (first, last, messages, bytes) = (0L, 0L, 0L, 0L);
        var allocated = GC.GetTotalAllocatedBytes();
        await foreach (var message in _channel!.MessagesAsync())
        {
            if (message.Kind == DataMessageKind.Text)
            {
                break;
            }

            last = Stopwatch.GetTimestamp();
            first = messages == 0 ? last : first;
            messages++;
            bytes += message.Payload.Length;
        }

        return new JsonObject
        {
            ["messages"] = messages,
            ["bytes"] = bytes,
            ["seconds"] = Stopwatch.GetElapsedTime(first, last).TotalSeconds,
            ["allocated"] = GC.GetTotalAllocatedBytes() - allocated,
        };
    }

    private async Task<JsonNode> SendAsync(int size, TimeSpan duration)
    {
        var message = new byte[size];
        var allocated = GC.GetTotalAllocatedBytes();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration;)
        {
            await _channel!.SendAsync(message);
        }

        await _channel!.SendAsync("end"u8.ToArray(), DataMessageKind.Text);
        return new JsonObject { ["allocated"] = GC.GetTotalAllocatedBytes() - allocated };
    }

    private async Task<JsonNode> PingAsync(int size, int rounds)
    {
        var message = new byte[size];
        var times = new double[rounds];
        await using var messages = _channel!.MessagesAsync().GetAsyncEnumerator();
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await _channel.SendAsync(message);
            await messages.MoveNextAsync();
            times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[rounds / 2];
    }
}
