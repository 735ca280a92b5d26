using System.Threading.Channels;

namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>Things that happened, for a test that waits for the next one.</summary>
internal sealed class Events<T>
{
    private readonly Channel<T> _channel = Channel.CreateUnbounded<T>();

    public void Add(T item) => _channel.Writer.TryWrite(item);

    public ValueTask<T> NextAsync() => _channel.Reader.ReadAsync();
}
