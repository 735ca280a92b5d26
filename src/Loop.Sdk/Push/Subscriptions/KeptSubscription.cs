using System.Runtime.CompilerServices;

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

    public override async IAsyncEnumerable<ReceivedPush> MessagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_messages.TryTake(out var message))
            {
                await _messages.WaitAsync(_client.Run, cancellationToken).ConfigureAwait(false);
                continue;
            }

            _client.Taken();
            try
            {
                yield return message;
            }
            finally
            {
                _client.SettleAutomatically(message.Id);
            }
        }
    }

    public override Task RotateAsync(CancellationToken cancellationToken = default) => _client.RotateAsync(this, cancellationToken);

    public override Task UnsubscribeAsync(CancellationToken cancellationToken = default) => _client.UnsubscribeAsync(this, cancellationToken);
}
