namespace Loop.Sdk.Push;

/// <summary>
/// Keeps what makes an installation of an application a receiver of push messages: who it is to the server, and the private keys of its subscriptions. It is one small document, opaque to
/// the store, and all of it is secret. Calls do not overlap.
/// </summary>
public interface IPushKeyStore
{
    /// <summary>Gives the document that was saved last; null if there was none.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<ReadOnlyMemory<byte>?> LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a document in place of the one before. After a failure, or a crash, there is one or the other as a whole.</summary>
    /// <param name="document">The document. It is cleared afterwards: copy what is to be kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask SaveAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken = default);
}
