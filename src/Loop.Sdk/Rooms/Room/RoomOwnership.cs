using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>What only a room's owner does.</summary>
internal sealed class RoomOwnership(RoomScope scope, RoomFollower follower)
{
    private const int MaxTries = 4;

    private IRooms Rooms => scope.Services.Rooms;

    /// <exception cref="LoopException"><c>not_owner</c>.</exception>
    public static void RequireOwner(RoomInfo info)
    {
        if (info.Access != RoomAccess.Owner)
        {
            throw new LoopException(ErrorCodes.NotOwner, "Only the room's owner may do this.");
        }
    }

    public async Task<RoomDetails> UpdateAsync(RoomChanges changes, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var info = await Rooms.UpdateAsync(Update(changes), cancellationToken).ConfigureAwait(false);
                return await follower.ApplyAsync(info, cancellationToken).ConfigureAwait(false);
            }
            catch (LoopException error) when (tries < MaxTries && error.Code == ErrorCodes.StaleEpoch)
            {
                // Another device has just changed the key.
                await follower.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task KickAsync(string participantId, Removal removal, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (removal.RotateKey)
        {
            // Better nothing than half of it.
            RoomRotation.RequireKey(scope, follower, before);
        }

        await Rooms.KickAsync(new KickParticipant { Token = scope.Ref.Token, Participant = participantId, Bar = removal.Bar }, cancellationToken).ConfigureAwait(false);
        if (removal.RotateKey)
        {
            // Their other devices are removed too, and are not known as theirs: so who is there afterwards is asked for. Who has come in between was not there before.
            var present = (before.Participants ?? []).Select(static participant => participant.Id).ToHashSet(StringComparer.Ordinal);
            present.Remove(participantId);
            await new RoomRotation(scope, follower).RunAsync(participant => present.Contains(participant.Id), cancellationToken).ConfigureAwait(false);
        }
    }

    public Task RotateAsync(CancellationToken cancellationToken) => new RoomRotation(scope, follower).RunAsync(static _ => true, cancellationToken);

    public async Task TransferAsync(string participantId, CancellationToken cancellationToken)
    {
        var info = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var next = info.Participants?.FirstOrDefault(participant => participant.Id == participantId)
            ?? throw new LoopException(ErrorCodes.NotParticipant, "Nobody in the room has that id.");
        if (next.IsGuest)
        {
            throw new LoopException(ErrorCodes.AccountRequired, "A guest cannot own a room.");
        }

        if (scope.Keys.Cipher is { } cipher)
        {
            info = await NameSuccessorAsync(cipher, info, next, cancellationToken).ConfigureAwait(false);
        }

        var transfer = new TransferRoom { Token = scope.Ref.Token, Participant = participantId, ExpectedVersion = info.Version };
        var given = await Rooms.TransferAsync(transfer, cancellationToken).ConfigureAwait(false);
        scope.IsOwner = false;
        scope.Self.IsFixed = false;
        await follower.ApplyAsync(given, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The room has come to this client: what its owner has to keep is left with the server, and the context signed by the new owner.</summary>
    public async Task TakeOverAsync(RoomInfo info, CancellationToken cancellationToken)
    {
        scope.IsOwner = true;
        scope.Self.IsFixed = true;
        try
        {
            var owner = scope.Services.Options.OwnerKey ?? throw CryptographyErrors.NoKey();
            if (info.WrappedKey is { } wrapped)
            {
                Adopt(owner, wrapped);
                await scope.AnnounceAsync(cancellationToken).ConfigureAwait(false);
                return;
            }

            if (scope.Keys.Cipher is null)
            {
                return;
            }

            await scope.AnnounceAsync(cancellationToken).ConfigureAwait(false);
            var context = follower.LastContext ?? new RoomContext();
            var taken = await Rooms.UpdateAsync(
                new UpdateRoom
                {
                    Token = scope.Ref.Token,
                    Context = ContextSealer.Seal(scope, follower.Current, context, context.Successions),
                    WrappedKey = scope.Keys.Wrap(owner, scope.Self.Key),
                },
                cancellationToken).ConfigureAwait(false);
            await follower.ApplyAsync(taken, cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error) when (!RoomCodes.IsPassing(error))
        {
            scope.Services.Log.TakeOverFailed(error.Code, error);
        }
    }

    private UpdateRoom Update(RoomChanges changes) => new()
    {
        Token = scope.Ref.Token,
        ExpectedVersion = changes.ExpectedVersion,
        MaxSize = changes.MaxSize,
        ExpiresInSeconds = RoomDurations.Seconds(changes.ExpiresIn),
        Locked = changes.Locked,
        Context = changes.Context is { } context ? ContextSealer.Seal(scope, follower.Current, context, follower.LastContext?.Successions) : null,
    };

    // Another device of this account was first.
    private void Adopt(OwnerKey owner, string wrapped)
    {
        using var ring = OwnerRing.Unwrap(owner, scope.Ref.Token, wrapped);
        foreach (var key in ring.Keys)
        {
            scope.Keys.Add(key);
        }

        if (ring.Member is { } member && member.Identity.Id != scope.Self.Id)
        {
            scope.Self.Become(ring.TakeMember());
        }
    }

    private async Task<RoomInfo> ReadAsync(CancellationToken cancellationToken)
    {
        var info = await follower.ReadAsync(cancellationToken).ConfigureAwait(false);
        RequireOwner(info);
        return info;
    }

    // In the context, which the next owner signs again: so also those learn of it who are away now.
    private async Task<RoomInfo> NameSuccessorAsync(RoomCipher cipher, RoomInfo info, ParticipantInfo next, CancellationToken cancellationToken)
    {
        if (next.Member is not { } member || await scope.TryFindAsync(member, info.Epoch, cancellationToken).ConfigureAwait(false) is null)
        {
            throw CryptographyErrors.UnknownAuthor();
        }

        ContextSealer.RequireCurrent(scope, info.Epoch);
        var context = follower.LastContext ?? new RoomContext();
        var version = ContextSealer.NextVersion(scope, info.Context?.Version ?? 0);
        var earlier = (context.Successions ?? []).TakeLast(OwnerSuccession.MaxCount - 1);
        IReadOnlyList<OwnerSuccession> successions = [.. earlier, OwnerTrust.Prove(cipher, scope.Self.Key, member, version)];
        var update = new UpdateRoom { Token = scope.Ref.Token, Context = ContextSealer.Seal(cipher, context, version, scope.Self.Key, successions) };
        var updated = await Rooms.UpdateAsync(update, cancellationToken).ConfigureAwait(false);
        await follower.ApplyAsync(updated, cancellationToken).ConfigureAwait(false);
        return updated;
    }
}
