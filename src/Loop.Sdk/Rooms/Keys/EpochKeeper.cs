using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>Gets the keys of new epochs: an owner's from the ring, everybody else's from what the owner sealed for them.</summary>
internal sealed class EpochKeeper(RoomScope scope) : IDisposable
{
    // A rotation a second for a quarter of an hour while somebody is away.
    private const int MaxNotices = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reaching = new(1, 1);
    private int _failed;
    private long _failedAt;

    /// <summary>Gets the keys up to an epoch, if this client may have them.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="isNews">Whether the room is just known to have come to that epoch. Otherwise what failed is not tried again at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the epoch's key is known.</returns>
    /// <exception cref="LoopException">The server could not be asked.</exception>
    public async ValueTask<bool> ReachAsync(int epoch, bool isNews, CancellationToken cancellationToken)
    {
        var before = scope.Keys.Epoch;
        if (before >= epoch || before == 0)
        {
            return before > 0;
        }

        await _reaching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (scope.Keys.Epoch >= epoch || (!isNews && HasJustFailed(epoch)))
            {
                return scope.Keys.Epoch >= epoch;
            }

            if (!(scope.IsOwner && await TryRingAsync(cancellationToken).ConfigureAwait(false) && scope.Keys.Epoch >= epoch))
            {
                await ReadNoticesAsync(epoch, cancellationToken).ConfigureAwait(false);
            }

            if (scope.Keys.Epoch > before)
            {
                await scope.OnNewEpochAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _reaching.Release();
        }

        if (scope.Keys.Epoch >= epoch)
        {
            return true;
        }

        _failed = epoch;
        _failedAt = scope.Services.Time.GetTimestamp();
        return false;
    }

    /// <summary>Makes sure that an envelope can be opened, before it is asked by whom it is.</summary>
    /// <returns>The epoch of its key.</returns>
    /// <exception cref="LoopException"><c>no_key</c>, <c>invalid_envelope</c>, <c>unknown_epoch</c>, <c>stale_epoch</c>, <c>wrong_key</c>; or the server could not be asked.</exception>
    public async ValueTask<int> RequireKeyAsync(EnvelopeField field, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        var cipher = scope.Keys.RequireCipher();
        await ReachAsync(EnvelopeLayout.ReadHead(envelope.Span, out _), isNews: false, cancellationToken).ConfigureAwait(false);
        return cipher.RequireKey(field, envelope.Span);
    }

    public void Dispose() => _reaching.Dispose();

    private async ValueTask<bool> TryRingAsync(CancellationToken cancellationToken)
    {
        if (scope.Services.Options.OwnerKey is not { } owner)
        {
            return false;
        }

        var info = await scope.Services.Rooms.GetAsync(scope.Ref, cancellationToken).ConfigureAwait(false);
        try
        {
            using var ring = info.WrappedKey is { } wrapped ? OwnerRing.Unwrap(owner, scope.Ref.Token, wrapped) : null;
            foreach (var key in ring?.Keys ?? [])
            {
                scope.Keys.Add(key);
            }

            return ring is not null;
        }
        catch (LoopException error)
        {
            scope.Services.Log.KeyRefused(info.Epoch, error.Code);
            return false;
        }
    }

    private async Task ReadNoticesAsync(int epoch, CancellationToken cancellationToken)
    {
        if (scope.Trust.Owner is not { } ownerId
            || await scope.TryFindAsync(ownerId, scope.Keys.Epoch, cancellationToken).ConfigureAwait(false) is not { } owner)
        {
            scope.Services.Log.KeyRefused(epoch, ErrorCodes.UnknownAuthor);
            return;
        }

        var read = 0;
        var query = new NoticesQuery(scope.Ref.Token, scope.Self.Id, scope.Keys.Epoch);
        await foreach (var notice in scope.Services.Rooms.NoticesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (++read > MaxNotices || !TryOpen(notice, ownerId, owner.Identity))
            {
                return;
            }
        }
    }

    private bool TryOpen(KeyNotice notice, string ownerId, MemberIdentity owner)
    {
        try
        {
            if (notice.Author != ownerId)
            {
                throw CryptographyErrors.ForgedAuthor();
            }

            using var key = scope.Keys.RequireCipher().OpenRotation(notice.Epoch, notice.Envelope.Span, scope.Self.Key, owner);
            scope.Keys.Add(key);
            return true;
        }
        catch (LoopException error)
        {
            scope.Services.Log.KeyRefused(notice.Epoch, error.Code);
            return false;
        }
    }

    private bool HasJustFailed(int epoch) => _failed >= epoch && scope.Services.Time.GetElapsedTime(_failedAt) < Pause;
}
