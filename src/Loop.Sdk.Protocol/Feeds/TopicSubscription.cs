using System.Threading.Channels;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>One subscriber of a topic: over a stream of a session, or, when a test enumerates it in process, over a bounded channel.</summary>
internal sealed class TopicSubscription<T>(Topic<T> topic) : IAsyncEnumerable<T>, IPushSource<T>
{
    private const int LocalCapacity = 1024;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Channel<T>? _local;
    private TaskCompletionSource? _drained;
    private volatile bool _lagging;

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
        _local = Channel.CreateBounded<T>(new BoundedChannelOptions(LocalCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
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

    public void Post(T item) => _local?.Writer.TryWrite(item);

    public void End()
    {
        _local?.Writer.TryComplete();
        _ended.TrySetResult();
    }

    /// <summary>Whether nothing waits, or the subscriber was given up on and has not caught up since.</summary>
    public bool IsDrained => _lagging || Queue is not { IsDrained: false } || _ended.Task.IsCompleted;

    /// <summary>Waits until nothing waits for this subscriber. If that takes longer than the time left, it is not waited for again before it has caught up.</summary>
    public async ValueTask DrainAsync(TimeSpan timeLeft, CancellationToken cancellationToken)
    {
        while (!IsDrained)
        {
            var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = Interlocked.CompareExchange(ref _drained, drained, null) ?? drained;
            if (IsDrained)
            {
                return;
            }

            try
            {
                await waiting.Task.WaitAsync(timeLeft, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                _lagging = true;
            }
        }
    }

    private void OnDrained()
    {
        _lagging = false;
        Interlocked.Exchange(ref _drained, null)?.TrySetResult();
    }
}
