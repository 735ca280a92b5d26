using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>Puts together what is known of a room: the link's key, the owner's ring, and what was remembered.</summary>
internal sealed class RoomOpening(RoomServices services)
{
    /// <summary>Makes the parts of a room.</summary>
    /// <param name="info">The room, as the server says.</param>
    /// <param name="link">The key in the link, if there is one.</param>
    /// <param name="name">The name to show.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RoomScope> OpenAsync(RoomInfo info, RoomKey? link, string name, CancellationToken cancellationToken)
    {
        var remembered = await services.Memory.LoadAsync(info.Token, cancellationToken).ConfigureAwait(false);
        var keys = new RoomKeys(info.Token);
        var trust = new OwnerTrust(keys);
        var reader = new ContextReader(keys, trust);
        var member = info.Access == RoomAccess.Owner ? Unwrap(info, keys, reader) : null;
        AddLink(link, keys);
        var isOwner = member is not null;
        trust.Set(member?.Identity.Id);
        var self = new OwnMember(services, member ?? Import(remembered) ?? MemberKey.Generate(), name) { IsFixed = isOwner };
        var scope = new RoomScope(services, info.Token, keys, self, trust, reader) { IsOwner = info.Access == RoomAccess.Owner };
        if (remembered is not null)
        {
            scope.Memory.Restore(remembered);
        }

        return scope;
    }

    /// <summary>Makes the parts of a room that does not exist yet.</summary>
    public RoomScope Create(string token, RoomKey key)
    {
        var keys = new RoomKeys(token);
        keys.Add(key);
        var self = new OwnMember(services, MemberKey.Generate(), services.Options.DisplayName) { IsFixed = true };
        var trust = new OwnerTrust(keys);
        trust.Set(self.Id);
        return new RoomScope(services, token, keys, self, trust, new ContextReader(keys, trust)) { IsOwner = true };
    }

    private MemberKey? Unwrap(RoomInfo info, RoomKeys keys, ContextReader reader)
    {
        if (services.Options.OwnerKey is not { } owner || info.WrappedKey is not { } wrapped)
        {
            return null;
        }

        try
        {
            if (info.Epoch == 0)
            {
                using var original = owner.Unwrap(info.Token, EnvelopeAlgorithm.AesGcm, wrapped);
                keys.Add(original);
                return null;
            }

            using var ring = OwnerRing.Unwrap(owner, info.Token, wrapped);
            foreach (var key in ring.Keys)
            {
                keys.Add(key);
            }

            return ring.TakeMember();
        }
        catch (LoopException error)
        {
            reader.Refusal = error.Code;
            services.Log.KeyRefused(info.Epoch, error.Code);
            return null;
        }
    }

    private void AddLink(RoomKey? link, RoomKeys keys)
    {
        try
        {
            if (link is not null)
            {
                keys.Add(link);
            }
        }
        catch (LoopException error)
        {
            // The owner's own ring knows better.
            services.Log.KeyRefused(link!.Epoch, error.Code);
        }
    }

    private MemberKey? Import(RememberedRoom? remembered)
    {
        if (remembered is null or { MemberKey.IsEmpty: true })
        {
            return null;
        }

        try
        {
            return MemberKey.Import(remembered.MemberKey.Span);
        }
        catch (LoopException error)
        {
            services.Log.MemoryFailed(error);
            return null;
        }
    }
}
