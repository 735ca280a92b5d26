using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>The parts of one open room, put together.</summary>
internal sealed class RoomScope : IDisposable
{
    private (SealedMember? Announcement, int Generation) _announced;

    /// <param name="services">What all rooms share.</param>
    /// <param name="token">The room's token.</param>
    /// <param name="keys">The room's keys, taken over.</param>
    /// <param name="self">Who this client is in the room, taken over.</param>
    /// <param name="trust">Who owns the room.</param>
    /// <param name="reader">Reads contexts.</param>
    public RoomScope(RoomServices services, string token, RoomKeys keys, OwnMember self, OwnerTrust trust, ContextReader reader)
    {
        Services = services;
        Ref = new RoomRef(token);
        Keys = keys;
        Self = self;
        Trust = trust;
        Reader = reader;
        Members = new MemberDirectory(services, keys, Ref);
        Epochs = new EpochKeeper(this);
        Memory = new RoomNotes(this);
        Membership = new Membership(services, Ref, keys, self, Lifetime.Token);
        Calls = new RoomCalls(services, Ref, Membership);
    }

    public RoomServices Services { get; }

    public RoomRef Ref { get; }

    public RoomKeys Keys { get; }

    public OwnMember Self { get; }

    public OwnerTrust Trust { get; }

    public ContextReader Reader { get; }

    public MemberDirectory Members { get; }

    public EpochKeeper Epochs { get; }

    public RoomNotes Memory { get; }

    public Membership Membership { get; }

    public RoomCalls Calls { get; }

    public RoomLifetime Lifetime { get; } = new();

    /// <summary>Whether this client's account owns the room, as the server says.</summary>
    public bool IsOwner
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>Reads the context, and finds the author's keys if they are not in it.</summary>
    public async ValueTask<ContextState> ReadContextAsync(RoomInfo info, CancellationToken cancellationToken)
    {
        var state = Reader.Read(info, Known);
        if (state.Code == ErrorCodes.UnknownAuthor
            && await TryFindAsync(state.Author!, Keys.Epoch, cancellationToken).ConfigureAwait(false) is not null)
        {
            state = Reader.Read(info, Known);
        }

        return state;
    }

    /// <summary>Finds a member; null if there is none, or the server cannot be asked.</summary>
    public async ValueTask<KnownMember?> TryFindAsync(string id, int epoch, CancellationToken cancellationToken)
    {
        try
        {
            return await Members.FindAsync(id, epoch, cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error) when (!RoomCodes.IsPassing(error) && !RoomCodes.IsOut(error))
        {
            return null;
        }
    }

    /// <summary>Gets the newest names of those who came, or announced themselves anew, if the server tells.</summary>
    public async ValueTask TryRenewAsync(IReadOnlyList<ParticipantInfo> present, CancellationToken cancellationToken)
    {
        try
        {
            await Members.RenewAsync(present, Keys.Epoch, cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error) when (!RoomCodes.IsPassing(error) && !RoomCodes.IsOut(error))
        {
            Services.Log.MemberRefused(error.Code);
        }
    }

    /// <summary>Announces this client in the epoch of its newest key, if it may be.</summary>
    /// <exception cref="LoopException">It was refused.</exception>
    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        if (Keys.Cipher is not { } cipher || (!IsOwner && Membership.Participant is null))
        {
            return;
        }

        for (var tries = 1; ; tries++)
        {
            var generation = Membership.Generation;
            var announcement = Self.Announce(cipher);
            if (_announced == (announcement, generation) || Membership.JoinedWith == announcement)
            {
                return;
            }

            try
            {
                await Services.Rooms.AnnounceAsync(new AnnounceMember(Ref.Token, announcement), cancellationToken).ConfigureAwait(false);
                _announced = (announcement, generation);
                return;
            }
            catch (LoopException error) when (error.Code == ErrorCodes.StaleVersion && tries < 3)
            {
                Self.Outdated(await FindOwnVersionAsync(announcement, cancellationToken).ConfigureAwait(false));
            }
        }
    }

    /// <summary>The same, where going on without it is better than nothing: it is announced again when it joins, and before it writes.</summary>
    public async Task TryAnnounceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RequireAnnouncedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error)
        {
            Services.Log.AnnouncingFailed(error.Code, error);
        }
        catch (OperationCanceledException) when (cancellationToken == Lifetime.Token)
        {
            // The room is over: nobody waits for this client there.
        }
    }

    /// <summary>The same, before something is written: who has only the present key can tell whose it is by this announcement alone.</summary>
    /// <exception cref="LoopException">It was refused; <c>stale_epoch</c>: the key has just been changed.</exception>
    public Task RequireAnnouncedAsync(CancellationToken cancellationToken) => Calls.RunAsync(
        async token =>
        {
            await AnnounceAsync(token).ConfigureAwait(false);
            return true;
        },
        repeatable: true,
        cancellationToken);

    /// <summary>There is a new key: this client is announced in its epoch, and so is everybody else. Not given up with whoever got the key, since that happens once.</summary>
    public async Task OnNewEpochAsync()
    {
        Services.Log.Rotated(Keys.Epoch);
        await TryAnnounceAsync(Lifetime.Token).ConfigureAwait(false);
        Members.Outdate();
    }

    public void Dispose()
    {
        Lifetime.End(null);
        Keys.Dispose();
        Self.Dispose();
        Members.Dispose();
        Epochs.Dispose();
    }

    private MemberIdentity? Known(string id) => id == Self.Id ? Self.Key.Identity : Members.Find(id)?.Identity;

    private async Task<long> FindOwnVersionAsync(SealedMember announcement, CancellationToken cancellationToken)
    {
        var newest = announcement.Version;
        await foreach (var member in Services.Rooms.MembersAsync(new MembersQuery(Ref.Token, announcement.Epoch), cancellationToken).ConfigureAwait(false))
        {
            if (member.Announcement.Member == announcement.Member)
            {
                newest = Math.Max(newest, member.Announcement.Version);
            }
        }

        return newest;
    }
}
