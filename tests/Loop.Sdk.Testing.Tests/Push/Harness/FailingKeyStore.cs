using Loop.Sdk.Push;

namespace Loop.Sdk.Testing.Tests.Push.Harness;

/// <summary>A key store that cannot save when the test wants it.</summary>
internal sealed class FailingKeyStore : IPushKeyStore
{
    private readonly MemoryPushKeyStore _store = new();

    public bool Fails { get; set; }

    public ValueTask<ReadOnlyMemory<byte>?> LoadAsync(CancellationToken cancellationToken = default) => _store.LoadAsync(cancellationToken);

    public ValueTask SaveAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken = default) =>
        Fails ? throw new IOException("The disk is full.") : _store.SaveAsync(document, cancellationToken);
}
