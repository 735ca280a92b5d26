using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>Gives a room a new key: sealed to those who stay, wrapped for the owner, and the context with it, all in one step.</summary>
internal sealed class RoomRotation(RoomScope scope, RoomFollower follower)
{
    private const int MaxTries = 4;

    /// <summary>Whether this client has what a rotation takes.</summary>
    /// <exception cref="LoopException"><c>not_owner</c>, <c>no_key</c>, <c>unknown_epoch</c>, <c>stale_epoch</c>, or the code of a context that cannot be read.</exception>
    /// <exception cref="InvalidOperationException">There is no owner's key.</exception>
    public static (RoomCipher Cipher, OwnerKey Owner, RoomContext Context) RequireKey(RoomScope scope, RoomFollower follower, RoomInfo info)
    {
        RoomOwnership.RequireOwner(info);
        var owner = scope.Services.Options.RequireOwnerKey();
        var cipher = scope.Keys.RequireCipher();
        ContextSealer.RequireCurrent(scope, info.Epoch);
        var state = follower.Current.Context;
        var context = state.Status == ContextStatus.None ? new RoomContext() : follower.LastContext;
        return (cipher, owner, context ?? throw new LoopException(state.Code ?? ErrorCodes.InvalidContext, "The context cannot be read, and has to be sealed again."));
    }

    /// <param name="stays">Who of those in the room gets the new key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(Func<ParticipantInfo, bool> stays, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var info = await follower.ReadAsync(cancellationToken).ConfigureAwait(false);
            var (cipher, owner, context) = RequireKey(scope, follower, info);
            using var next = scope.Keys.Next();
            if (await TrySealAsync(info, cipher, owner, next, context, stays, cancellationToken).ConfigureAwait(false) is not { } rotation)
            {
                continue;
            }

            if (await TryAsync(rotation, mayFail: tries < MaxTries, cancellationToken).ConfigureAwait(false) is { } rotated)
            {
                scope.Keys.Add(next);
                await scope.OnNewEpochAsync().ConfigureAwait(false);
                await follower.ApplyAsync(rotated, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
    }

    // Null if another device was first, and its key came while this one's was being sealed.
    private async Task<RotateRoom?> TrySealAsync(
        RoomInfo info, RoomCipher cipher, OwnerKey owner, RoomKey next, RoomContext context, Func<ParticipantInfo, bool> stays, CancellationToken cancellationToken)
    {
        try
        {
            return new RotateRoom
            {
                Token = scope.Ref.Token,
                ExpectedVersion = info.Version,
                Epoch = next.Epoch,
                WrappedKey = scope.Keys.Wrap(owner, scope.Self.Key, next),
                Context = SealContext(next, context, info),
                Notices = await SealNoticesAsync(cipher, next, (info.Participants ?? []).Where(stays), cancellationToken).ConfigureAwait(false),
            };
        }
        catch (ArgumentException) when (scope.Keys.Epoch >= next.Epoch)
        {
            return null;
        }
    }

    // The cipher gets the key only when the server has taken it: another device may have been first.
    private SealedContext SealContext(RoomKey next, RoomContext context, RoomInfo info)
    {
        using var cipher = new RoomCipher(scope.Ref.Token, next);
        return ContextSealer.Seal(cipher, context, ContextSealer.NextVersion(scope, info.Context?.Version ?? 0), scope.Self.Key, context.Successions);
    }

    private async Task<IReadOnlyList<SealedKey>> SealNoticesAsync(RoomCipher cipher, RoomKey next, IEnumerable<ParticipantInfo> staying, CancellationToken cancellationToken)
    {
        var notices = new List<SealedKey>();
        var ids = staying.Select(static participant => participant.Member).OfType<string>().Distinct(StringComparer.Ordinal);
        foreach (var id in ids.Where(id => id != scope.Self.Id))
        {
            if (await scope.TryFindAsync(id, cipher.Epoch, cancellationToken).ConfigureAwait(false) is { } member)
            {
                notices.Add(new SealedKey { Member = id, Author = scope.Self.Id, Envelope = cipher.SealRotation(next, member.Identity, scope.Self.Key) });
            }
        }

        return notices;
    }

    private async Task<RoomInfo?> TryAsync(RotateRoom rotation, bool mayFail, CancellationToken cancellationToken)
    {
        try
        {
            return await scope.Services.Rooms.RotateAsync(rotation, cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error) when (mayFail && error.Code == ErrorCodes.RoomConflict)
        {
            return null;
        }
        catch (LoopException error) when (mayFail && RoomCodes.IsLost(error))
        {
            var info = await scope.Services.Rooms.GetAsync(scope.Ref, cancellationToken).ConfigureAwait(false);
            return info.WrappedKey == rotation.WrappedKey ? info : null;
        }
    }
}
