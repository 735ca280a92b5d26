using System.Security.Cryptography;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Push;

/// <summary>A browser's connection, from its hello to its end. It is an agent without an account, which is stored with its first subscription only.</summary>
internal sealed class MozillaSession
{
    private readonly PushCore _core;
    private readonly PushServiceOptions _options;
    private readonly MozillaSocket _socket;
    private readonly PushBroadcasts _allBroadcasts;
    private readonly MozillaBroadcasts _broadcasts;
    private readonly MozillaBatch _batch;
    private readonly TaskCompletionSource<MozillaClose?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MozillaAgent _agent = null!;
    private PushAttachment? _attachment;
    private DateTimeOffset? _pingedAt;

    public MozillaSession(PushCore core, PushServiceOptions options, MozillaSocket socket, PushBroadcasts broadcasts)
    {
        _core = core;
        _options = options;
        _socket = socket;
        _allBroadcasts = broadcasts;
        _broadcasts = new MozillaBroadcasts(broadcasts);
        _batch = new MozillaBatch(options.AcknowledgeWholeBatches);
        _broadcasts.Change += () => _ = SendAsync(BroadcastAsync);
    }

    /// <summary>Serves the connection until its end.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var registration = stopping.Register(() => End(MozillaClose.Stopping)).ConfigureAwait(false);
        var receiving = HelloAsync();
        try
        {
            await WaitAsync(receiving.WaitAsync(_options.HelloTimeout, _core.Time, CancellationToken.None)).ConfigureAwait(false);
            _allBroadcasts.Follow(_broadcasts);
            receiving = ReceiveAllAsync();
            await WaitAsync(receiving).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            End(MozillaClose.HandshakeTimeout);
        }
        catch (MozillaClosedException closed)
        {
            End(closed.Close);
        }
#pragma warning disable CA1031 // Whatever it is, the agent must not seem to be connected any more.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _core.Log.ReadFailed(_agent?.Id ?? "", exception);
            End(MozillaClose.Failed);
        }

        _allBroadcasts.Leave(_broadcasts);
        var close = await _end.Task.ConfigureAwait(false);
        Detach();
        if (_agent is not null)
        {
            _core.Log.Disconnected(_agent.Id, close?.Reason ?? "by the browser");
        }

        await _socket.CloseAsync(close, receiving).ConfigureAwait(false);

        // What was under way at the end may have attached it after all.
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Detach();
    }

    private void End(MozillaClose? close) => _end.TrySetResult(close);

    /// <summary>Waits for something, unless the connection ends before.</summary>
    private async Task WaitAsync(Task task)
    {
        if (await Task.WhenAny(task, _end.Task).ConfigureAwait(false) == task)
        {
            await task.ConfigureAwait(false);
        }
    }

    private async Task HelloAsync()
    {
        var hello = MozillaMessage.Parse(await _socket.ReceiveAsync().ConfigureAwait(false));
        if (hello.Type != "hello")
        {
            throw new MozillaClosedException(MozillaClose.Protocol);
        }

        var (news, unknown) = _broadcasts.Add(hello.Broadcasts());
        var given = MozillaAgent.Parse(hello.Text("uaid"));
        var isKnown = given is not null && await _core.Agents.IsAsync(given.Id, given.Secret, account: null, CancellationToken.None).ConfigureAwait(false);
        _agent = isKnown ? given! : MozillaAgent.New();
        await _socket.SendAsync(MozillaReplies.Hello(_agent.Uaid, news, unknown)).ConfigureAwait(false);
        if (isKnown)
        {
            Attach();
        }
    }

    private async Task ReceiveAllAsync()
    {
        while (!_end.Task.IsCompleted)
        {
            var message = MozillaMessage.Parse(await _socket.ReceiveAsync().ConfigureAwait(false));
            await (message.Type switch
            {
                "register" => RegisterAsync(message),
                "unregister" => UnregisterAsync(message),
                "ack" => AcknowledgeAsync(message),
                "broadcast_subscribe" => SubscribeAsync(message),
                "ping" => PingAsync(),
                "nack" => Task.CompletedTask,
                "hello" => throw new MozillaClosedException(MozillaClose.Protocol),
                _ => throw new MozillaClosedException(MozillaClose.Json),
            }).ConfigureAwait(false);
        }
    }

    private async Task RegisterAsync(MozillaMessage message)
    {
        var channel = message.Channel();
        if (!TryReadKey(message.Text("key"), out var key))
        {
            await _socket.SendAsync(MozillaReplies.Register(channel, 400, "Failed to generate endpoint")).ConfigureAwait(false);
            return;
        }

        var (status, endpoint) = await RegisterAsync(channel, key).ConfigureAwait(false);
        await _socket.SendAsync(MozillaReplies.Register(channel, status, endpoint)).ConfigureAwait(false);
    }

    private async Task<(int Status, string Endpoint)> RegisterAsync(string channel, ReadOnlyMemory<byte> key)
    {
        try
        {
            if (_attachment is null)
            {
                await _core.Agents.AddAsync(_agent.Id, _agent.Secret, account: null, CancellationToken.None).ConfigureAwait(false);
                Attach();
            }

            var result = await _core.Agents.SubscribeAsync(_agent.Id, channel, key, CancellationToken.None).ConfigureAwait(false);
            return result.Outcome switch
            {
                PushSubscribeOutcome.Done or PushSubscribeOutcome.Exists => (200, _core.Addresses.OfEndpoint(result.Subscription!.Endpoint)),
                PushSubscribeOutcome.Conflict => (409, ""),
                _ => (500, ""),
            };
        }
        catch (LoopException error)
        {
            _core.Log.RequestFailed(error);
            return (500, "");
        }
    }

    private async Task UnregisterAsync(MozillaMessage message)
    {
        var channel = message.Channel();
        var status = 200;
        try
        {
            await _core.Agents.UnsubscribeAsync(_agent.Id, channel, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LoopException error)
        {
            _core.Log.RequestFailed(error);
            status = 500;
        }

        await _socket.SendAsync(MozillaReplies.Unregister(channel, status)).ConfigureAwait(false);
    }

    // The next message is read when this is on the disk: so whoever acknowledged and closed does not get it again.
    private async Task AcknowledgeAsync(MozillaMessage message)
    {
        var forgotten = _batch.Acknowledge(message.Updates().Where(static update => PushId.IsId(update.Version)).Select(static update => (update.Version, OutcomeOf(update.Code))));
        if (forgotten.Count > 0)
        {
            await _core.AcknowledgeAsync(_agent.Id, forgotten).ConfigureAwait(false);
        }

        _attachment?.Route?.Wake();
    }

    private Task SubscribeAsync(MozillaMessage message)
    {
        var (news, unknown) = _broadcasts.Add(message.Broadcasts());
        return news.Count + unknown.Count > 0 ? _socket.SendAsync(MozillaReplies.Broadcast(news, unknown)) : Task.CompletedTask;
    }

    private Task BroadcastAsync()
    {
        var news = _broadcasts.TakeNews();
        return news.Count > 0 ? _socket.SendAsync(MozillaReplies.Broadcast(news, [])) : Task.CompletedTask;
    }

    private Task PingAsync()
    {
        var now = _core.Time.GetUtcNow();
        if (_pingedAt is { } before && now - before < _options.LeastPingInterval)
        {
            throw new MozillaClosedException(MozillaClose.ExcessivePing);
        }

        _pingedAt = now;
        return _socket.SendAsync(MozillaReplies.Ping);
    }

    private void Attach()
    {
        _attachment = _core.Attachments.Attach(_agent.Id);
        var route = _attachment.Open(PushUrgency.VeryLow, _options.BatchSize);
        _ = SendAsync(() => DeliverAsync(route));
    }

    private void Detach()
    {
        if (_attachment is { } attachment)
        {
            _core.Attachments.Detach(attachment);
        }
    }

    private async Task DeliverAsync(PushRoute route)
    {
        for (var stored = 0; ;)
        {
            var (message, isStored) = await route.TakeAsync(() => _batch.IsDone, CancellationToken.None).ConfigureAwait(false);
            if (isStored)
            {
                if (++stored > _options.MessageLimit)
                {
                    // It is gone before the browser hears of it, and comes back.
                    await _core.Agents.RemoveAsync(_agent.Id, CancellationToken.None).ConfigureAwait(false);
                    End(MozillaClose.UaidReset);
                    return;
                }

                _batch.Add(message);
            }

            _core.Metrics.Delivered(isStored);
            await _socket.SendAsync(MozillaReplies.Notification(message)).ConfigureAwait(false);
        }
    }

    /// <summary>Sends beside the reading of messages; what fails ends the connection.</summary>
    private async Task SendAsync(Func<Task> send)
    {
        try
        {
            await send().ConfigureAwait(false);
        }
        catch (MozillaClosedException closed)
        {
            End(closed.Close);
        }
        catch (LoopException error)
        {
            End(error.Code switch
            {
                ErrorCodes.AgentReplaced => MozillaClose.Replaced,
                ErrorCodes.AgentRequired => MozillaClose.UaidReset,
                _ => MozillaClose.Failed,
            });
        }
#pragma warning disable CA1031 // Nobody waits for this: the browser has to come back, and to be sent what it was not.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _core.Log.ReadFailed(_agent.Id, exception);
            End(MozillaClose.Failed);
        }
    }

    private static PushOutcome OutcomeOf(int code) => code switch
    {
        100 => PushOutcome.Delivered,
        101 => PushOutcome.DecryptionFailed,
        _ => PushOutcome.NotDelivered,
    };

    private static bool TryReadKey(string? text, out ReadOnlyMemory<byte> key)
    {
        key = default;
        if (text is null)
        {
            return true;
        }

        try
        {
            using var checking = ECDsa.Create();
            key = PushText.TryDecode(text, PushPoint.Size);
            PushPoint.Import(checking, key.Span);
            return true;
        }
        catch (LoopException)
        {
            return false;
        }
    }
}
