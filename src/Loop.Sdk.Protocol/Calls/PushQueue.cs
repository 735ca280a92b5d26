using Loop.Sdk.Sessions;

namespace Loop.Sdk.Calls;

/// <summary>The server's end of a stream that is pushed to.</summary>
internal sealed class PushQueue(SessionStream stream)
{
    private readonly PushIndex _index = new();

    /// <summary>Called when nothing waits any more; if messages were dropped, this is when a fresh snapshot can go out.</summary>
    public Action? Drained { get; set; }

    /// <summary>Whether messages were dropped and the state has to be sent anew.</summary>
    public bool IsLagging => stream.Lagging;

    public bool IsDrained => stream.Session!.IsDrained(stream);

    /// <summary>Sends a message, lets it wait, or applies the policy.</summary>
    public void Push(ReadOnlyMemory<byte> payload, ref byte[]? shared, object? key, SlowConsumerPolicy policy) =>
        stream.Session!.Push(stream, payload, ref shared, key, policy, _index);

    /// <summary>Lets messages through again; what follows must be the whole state.</summary>
    public void CatchUp() => stream.Session!.CatchUp(stream);

    public void OnSendable() => Drained?.Invoke();
}
