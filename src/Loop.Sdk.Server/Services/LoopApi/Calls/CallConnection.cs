using System.Text.Json;
using System.Threading.Channels;
using Loop.Sdk.Server.Push;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>A device's connection to a call, from its hello to its end.</summary>
internal sealed class CallConnection(MozillaSocket socket, CallBook calls, IOptions<LoopHttpApiOptions> options, TimeProvider time) : ICallListener
{
    private readonly Channel<CallNews> _news = Channel.CreateUnbounded<CallNews>(new UnboundedChannelOptions { SingleReader = true });
    private string? _told;
    private Call? _call;
    private Task<ReadOnlyMemory<byte>> _receiving = Task.FromResult<ReadOnlyMemory<byte>>(default);

    public CallParty Party { get; private set; }

    // States follow one another, so that there are never more than a few.
    public void Tell(CallNews news) => _news.Writer.TryWrite(news);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var stop = stopping.UnsafeRegister(state => ((CallConnection)state!).Tell(new CallNews("", null, null, IsLast: true)), this);
        using var patience = time.CreateTimer(static state => ((CallConnection)state!).EndUnknown(), this, options.Value.SupervisoryTimeout, Timeout.InfiniteTimeSpan);
        var sending = SendAsync();
        await ReceiveAsync(sending).ConfigureAwait(false);
        _call?.Leave(this);
        Tell(new CallNews("", null, null, IsLast: true));
        await sending.ConfigureAwait(false);
    }

    // Who does not say soon which call it is about has no business here.
    private void EndUnknown()
    {
        if (Volatile.Read(ref _call) is null)
        {
            Tell(CallNews.Error("bad authentication"));
        }
    }

    private async Task ReceiveAsync(Task sending)
    {
        try
        {
            while (true)
            {
                _receiving = socket.ReceiveAsync();
                if (await Task.WhenAny(_receiving, sending).ConfigureAwait(false) == sending)
                {
                    return;
                }

                if (await HandleAsync(CallMessage.Read(await _receiving.ConfigureAwait(false))).ConfigureAwait(false) is { } refused)
                {
                    Tell(CallNews.Error(refused));
                    return;
                }
            }
        }
        catch (MozillaClosedException)
        {
            // The device is gone.
        }
    }

    private async ValueTask<string?> HandleAsync(CallMessage? message)
    {
        switch (message?.Type)
        {
            case null:
                return message is null ? "Malformed message." : "Unknown messageType";
            case "hello":
                return Hello(message);
            case "action":
                return Act(message);
            case "echo" when message.Members.TryGetProperty("echo", out var echo):
                await socket.SendAsync(CallMessage.WriteEcho(echo)).ConfigureAwait(false);
                return null;
            case "echo":
                return "Missing parameters: echo";
            default:
                return "Unknown messageType";
        }
    }

    private string? Hello(CallMessage message)
    {
        if (message.Missing("callId", "auth") is { Length: > 0 } missing)
        {
            return $"Missing parameters: {string.Join(", ", missing)}";
        }

        if (_call is not null)
        {
            return "Unknown messageType";
        }

        if (calls.Find(message.Text("callId") ?? "") is not { } call)
        {
            return "bad callId";
        }

        var auth = message.Text("auth") ?? "";
        var isCaller = HawkMac.AreEqual(auth, call.Terms.CallerToken);
        if (!isCaller && !HawkMac.AreEqual(auth, call.Terms.CalleeToken))
        {
            return "bad authentication";
        }

        Party = isCaller ? CallParty.Caller : CallParty.Callee;
        Volatile.Write(ref _call, call);
        call.Enter(this);
        return null;
    }

    private string? Act(CallMessage message)
    {
        if (message.Missing("event") is { Length: > 0 })
        {
            return "Missing parameters: event";
        }

        if (_call is not { } call)
        {
            return "bad authentication";
        }

        var action = message.Text("event");
        if (action is not ("accept" or "media-up" or "terminate"))
        {
            return "Invalid event: should be one of accept, media-up, terminate";
        }

        string? reason = null;
        if (message.Members.TryGetProperty("reason", out var given) && given.ValueKind != JsonValueKind.Null && ((reason = message.Text("reason")) is null || !CallMessage.IsReason(reason)))
        {
            return "Invalid reason: should be alphanumeric";
        }

        return call.TryAct(this, action, reason, out var state) ? null : $"No transition from {state} state with {action} event.";
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var news in _news.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                if (news.Type.Length > 0 && (news.Type != "progress" || news.State != _told || news.IsLast))
                {
                    _told = news.State ?? _told;
                    await socket.SendAsync(CallMessage.Write(news)).ConfigureAwait(false);
                }

                if (news.IsLast)
                {
                    await socket.CloseAsync(CallClose.Normal, _receiving).ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (MozillaClosedException)
        {
            // The device is gone.
        }
    }
}
