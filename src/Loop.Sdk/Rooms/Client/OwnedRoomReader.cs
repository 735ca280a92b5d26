using Loop.Sdk.Channels;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>Reads the contexts of an account's own rooms.</summary>
internal sealed class OwnedRoomReader(RoomServices services)
{
    private readonly Dictionary<string, (SealedContext? Sealed, ContextState State)> _read = new(StringComparer.Ordinal);

    public async ValueTask<KeyedSnapshot<RoomDetails>> ReadAsync(KeyedSnapshot<RoomInfo> snapshot, CancellationToken cancellationToken)
    {
        var items = Received.Whole(snapshot.Items);
        foreach (var gone in _read.Keys.Except(items.Select(static room => room.Token)).ToArray())
        {
            _read.Remove(gone);
        }

        return new(await ReadAsync(items, cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask<KeyedChange<string, RoomDetails>> ReadAsync(KeyedChange<string, RoomInfo> change, CancellationToken cancellationToken)
    {
        foreach (var gone in Received.Whole(change.Removed ?? []))
        {
            _read.Remove(gone);
        }

        return new()
        {
            Put = change.Put is { } put ? await ReadAsync(Received.Whole(put), cancellationToken).ConfigureAwait(false) : null,
            Removed = change.Removed,
        };
    }

    public async ValueTask<RoomDetails> ReadAsync(RoomInfo room, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(room.Token, out var read) && read.Sealed == room.Context)
        {
            return RoomDetails.Of(room, read.State);
        }

        ReceivedRoom.Of(room.Token, room);
        var state = await OpenAsync(room, cancellationToken).ConfigureAwait(false);
        if (state.Code is { } code)
        {
            services.Log.ContextRefused(code);
        }

        _read[room.Token] = (room.Context, state);
        return RoomDetails.Of(room, state);
    }

    private async ValueTask<IReadOnlyList<RoomDetails>> ReadAsync(IReadOnlyList<RoomInfo> rooms, CancellationToken cancellationToken)
    {
        var read = new List<RoomDetails>(rooms.Count);
        foreach (var room in rooms)
        {
            read.Add(await ReadAsync(room, cancellationToken).ConfigureAwait(false));
        }

        return read;
    }

    private async ValueTask<ContextState> OpenAsync(RoomInfo room, CancellationToken cancellationToken)
    {
        if (room.Context is not { } context)
        {
            return ContextState.None;
        }

        using var keys = new RoomKeys(room.Token);
        var trust = new OwnerTrust(keys);
        var reader = new ContextReader(keys, trust);
        MemberIdentity? self = null;
        try
        {
            self = Unwrap(room, context, keys);
            if (await services.Memory.LoadAsync(room.Token, cancellationToken).ConfigureAwait(false) is { } remembered)
            {
                keys.ExpectContextVersion(remembered.ContextVersion);
                reader.ExpectEpoch(remembered.Epoch);
                trust.Set(remembered.Owner);
            }

            trust.Set(self?.Id);
            return reader.Read(room, id => id == self?.Id ? self : null);
        }
        catch (LoopException error)
        {
            return ContextState.Unreadable(error.Code, context);
        }
        finally
        {
            self?.Dispose();
        }
    }

    private MemberIdentity? Unwrap(RoomInfo room, SealedContext context, RoomKeys keys)
    {
        if (services.Options.OwnerKey is not { } owner || room.WrappedKey is not { } wrapped)
        {
            throw CryptographyErrors.NoKey();
        }

        if (context.Algorithm == EnvelopeAlgorithm.AesGcm)
        {
            using var original = owner.Unwrap(room.Token, EnvelopeAlgorithm.AesGcm, wrapped);
            keys.Add(original);
            return null;
        }

        var (key, member) = OwnerRing.UnwrapForReading(owner, room.Token, wrapped);
        using (key)
        {
            keys.Add(key);
        }

        return member;
    }
}
