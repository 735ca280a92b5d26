namespace Loop.Sdk.Push;

/// <summary>Keeps keys as long as the process runs: afterwards all subscriptions are lost.</summary>
public sealed class MemoryPushKeyStore : IPushKeyStore
{
    private byte[]? _document;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> LoadAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_document is { } document ? document.ToArray() : default(ReadOnlyMemory<byte>?));

    /// <inheritdoc/>
    public ValueTask SaveAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken = default)
    {
        _document = document.ToArray();
        return ValueTask.CompletedTask;
    }
}
