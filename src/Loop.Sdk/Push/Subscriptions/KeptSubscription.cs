namespace Loop.Sdk.Push;

/// <summary>A real subscription.</summary>
internal sealed class KeptSubscription : PushSubscription, IDisposable
{
    private readonly ContractPushClient _client;
    private readonly MessageQueue<ReceivedPush> _messages = new();
    private volatile Uri _endpoint;

    public KeptSubscription(ContractPushClient client, KeptKeys kept)
    {
        _client = client;
        _endpoint = new Uri(kept.Endpoint);
        Name = kept.Name;
        Channel = kept.Channel;
        Keys = WebPushKeys.Import(kept.Keys);
        ApplicationServerKey = kept.ApplicationServerKey is { } key ? key : default(ReadOnlyMemory<byte>?);
    }

    public override string Name { get; }

    public override Uri Endpoint => _endpoint;

    public override WebPushRecipient Recipient => Keys.Recipient;

    public override ReadOnlyMemory<byte>? ApplicationServerKey { get; }

    /// <summary>What the server calls it.</summary>
    public string Channel { get; }

    public WebPushKeys Keys { get; }

    public bool HasKey(ReadOnlyMemory<byte>? applicationServerKey) =>
        ApplicationServerKey.HasValue == applicationServerKey.HasValue && ApplicationServerKey.GetValueOrDefault().Span.SequenceEqual(applicationServerKey.GetValueOrDefault().Span);

    public void MoveTo(string endpoint) => _endpoint = new Uri(endpoint);

    public bool TryAdd(ReceivedPush message) => _messages.TryAdd(message);

    /// <summary>Ends it with an error for its readers, who get what waits before.</summary>
    public void End(LoopException error)
    {
        _messages.End(error);
        Dispose();
    }

    public void Dispose() => Keys.Dispose();

    public override IAsyncEnumerable<ReceivedPush> MessagesAsync(CancellationToken cancellationToken = default) =>
        _messages.ReadAllAsync(() => _client.Run, _client.Taken, message => _client.SettleAutomatically(message.Id), cancellationToken);

    public override Task RotateAsync(CancellationToken cancellationToken = default) => _client.RotateAsync(this, cancellationToken);

    public override Task UnsubscribeAsync(CancellationToken cancellationToken = default) => _client.UnsubscribeAsync(this, cancellationToken);
}
