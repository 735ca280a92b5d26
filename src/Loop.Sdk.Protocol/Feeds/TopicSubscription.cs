using System.Threading.Channels;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>One subscriber of a topic: over a stream of a session, or, when a test enumerates it in process, over a bounded channel.</summary>
internal sealed class TopicSubscription<T>(Topic<T> topic) : IAsyncEnumerable<T>, IPushSource<T>
{
    private const int LocalCapacity = 1024;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<T> _local = Channel.CreateBounded<T>(new BoundedChannelOptions(LocalCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
    private TaskCompletionSource? _drained;

    public PayloadCodec<T>? Codec { get; private set; }

    public PushQueue? Queue { get; private set; }

    public async Task PushAsync(PushQueue queue, PayloadCodec<T> codec, CancellationToken cancellationToken)
    {
        Codec = codec;
        Queue = queue;
        queue.Sendable = OnDrained;
        using var registration = cancellationToken.UnsafeRegister(static state => ((TopicSubscription<T>)state!).End(), this);
        topic.Add(this);
        try
        {
            await _ended.Task.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            topic.Remove(this);
            OnDrained();
        }
    }

    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        topic.Add(this);
        try
        {
            await foreach (var item in _local.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            topic.Remove(this);
        }
    }

    public void Post(T item) => _local.Writer.TryWrite(item);

    public void End()
    {
        _local.Writer.TryComplete();
        _ended.TrySetResult();
    }

    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        while (Queue is { } queue && !_ended.Task.IsCompleted)
        {
            var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = Interlocked.CompareExchange(ref _drained, drained, null) ?? drained;
            if (queue.IsDrained)
            {
                return;
            }

            await waiting.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void OnDrained() => Interlocked.Exchange(ref _drained, null)?.TrySetResult();
}
