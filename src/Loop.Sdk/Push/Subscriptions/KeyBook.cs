using System.Security.Cryptography;

namespace Loop.Sdk.Push;

/// <summary>What the key store keeps, as it is now. Changes are made one after the other, and are here before they are there.</summary>
internal sealed class KeyBook(IPushKeyStore store) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private PushKeyDocument? _document;
    private bool _isUnsaved;

    /// <summary>Reads the store, the first time.</summary>
    /// <exception cref="LoopException"><c>store_unavailable</c>, <c>store_damaged</c>, <c>store_too_new</c>, <c>store_foreign</c>.</exception>
    public async Task<PushKeyDocument> ReadAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await LoadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Changes the document and saves it. If that fails, it is tried again with the next change.</summary>
    /// <exception cref="LoopException"><c>store_unavailable</c> and others.</exception>
    public async Task<PushKeyDocument> ChangeAsync(Func<PushKeyDocument, PushKeyDocument> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = await LoadAsync(cancellationToken).ConfigureAwait(false);
            var next = change(before);
            _isUnsaved |= next != before;
            _document = next;
            if (_isUnsaved)
            {
                await SaveAsync(next).ConfigureAwait(false);
                _isUnsaved = false;
            }

            return next;
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose() => _changing.Dispose();

    private async ValueTask<PushKeyDocument> LoadAsync(CancellationToken cancellationToken)
    {
        if (_document is not null)
        {
            return _document;
        }

        try
        {
            var bytes = await store.LoadAsync(cancellationToken).ConfigureAwait(false);
            return _document = bytes is { } kept ? PushKeyDocument.Read(kept.Span) : new PushKeyDocument();
        }
        catch (Exception exception) when (exception is not (LoopException or OperationCanceledException))
        {
            throw Unavailable(exception);
        }
    }

    // A change that was made is not cancelled half-way.
    private async Task SaveAsync(PushKeyDocument document)
    {
        var bytes = document.Write();
        try
        {
            await store.SaveAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not LoopException)
        {
            throw Unavailable(exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static LoopException Unavailable(Exception exception) => new(ErrorCodes.StoreUnavailable, "The application's key store failed.", exception) { Retryable = true };
}
