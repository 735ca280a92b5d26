using Loop.Sdk.Feeds;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Calls;

/// <summary>The server's end of a stream that is pushed to.</summary>
internal sealed class PushQueue(SessionStream stream)
{
    private readonly PushIndex _index = new();

    /// <summary>Called when nothing waits any more, or when there is room for what <see cref="TryPush"/> refused. Must not take long: the writer waits.</summary>
    public Action? Sendable { get; set; }

    /// <summary>Whether the subscriber takes more without a wait. If not, <see cref="Sendable"/> tells when to ask again.</summary>
    public bool IsDrained => stream.Session!.IsDrained(stream);

    /// <summary>Sends a message, lets it wait, or applies the policy.</summary>
    public void Push(ReadOnlyMemory<byte> payload, ref byte[]? shared, object? key, SlowConsumerPolicy policy) =>
        stream.Session!.Push(stream, payload, ref shared, key, policy, _index);

    /// <summary>Sends a message that never changes any more, or nothing at all if there is no room for it now.</summary>
    /// <exception cref="LoopException">The message is larger than the peer takes.</exception>
    public bool TryPush(ReadOnlyMemory<byte> payload) => stream.Session!.TryPush(stream, payload);

    public void OnSendable() => Sendable?.Invoke();
}
