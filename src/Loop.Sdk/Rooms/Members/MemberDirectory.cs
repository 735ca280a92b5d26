using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>The members of a room, from their announcements. Whoever is not known is asked for, and not again at once if nobody of that id was announced.</summary>
internal sealed class MemberDirectory(RoomServices services, RoomKeys keys, RoomRef room) : IDisposable
{
    /// <summary>The most members that are remembered, and that are read at once.</summary>
    public const int MaxMembers = 4096;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly Dictionary<string, KnownMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Id, int Epoch), long> _missing = [];
    private readonly List<MemberIdentity> _replaced = [];
    private CancellationTokenSource _current = new();
    private bool _disposed;

    /// <summary>Cancelled when what was shown of members is not right any more.</summary>
    public CancellationToken Current
    {
        get
        {
            lock (_lock)
            {
                return _current.Token;
            }
        }
    }

    /// <summary>There is a new epoch, another name, or this client has become one of them.</summary>
    public void Outdate()
    {
        CancellationTokenSource outdated;
        lock (_lock)
        {
            outdated = _current;
            _current = new CancellationTokenSource();
        }

        // What follows goes on on another thread.
        _ = outdated.CancelAsync();
    }

    public KnownMember? Find(string id)
    {
        lock (_lock)
        {
            return _members.GetValueOrDefault(id);
        }
    }

    /// <summary>Finds a member, and asks the server if need be.</summary>
    /// <param name="id">The id.</param>
    /// <param name="epoch">In which epoch to look for the announcement.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">The server could not be asked.</exception>
    public async ValueTask<KnownMember?> FindAsync(string id, int epoch, CancellationToken cancellationToken)
    {
        if (Find(id) is { } known)
        {
            return known;
        }

        if (keys.Cipher is not { } cipher || epoch < 1 || IsMissing(id, epoch))
        {
            return null;
        }

        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Find(id) is null && !IsMissing(id, epoch))
            {
                await LoadAsync(cipher, epoch, cancellationToken).ConfigureAwait(false);
                Missed(id, epoch);
            }
        }
        finally
        {
            _loading.Release();
        }

        return Find(id);
    }

    /// <summary>Asks the server for those who came, or announced themselves anew: who was known may have another name now.</summary>
    /// <param name="present">Who did.</param>
    /// <param name="epoch">In which epoch to look for announcements.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">The server could not be asked.</exception>
    public async ValueTask RenewAsync(IReadOnlyList<ParticipantInfo> present, int epoch, CancellationToken cancellationToken)
    {
        if (keys.Cipher is not { } cipher || epoch < 1 || present.All(static participant => participant.Member is null))
        {
            return;
        }

        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await LoadAsync(cipher, epoch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Adds a member whose keys are certain.</summary>
    public void Add(string id, KnownMember member)
    {
        lock (_lock)
        {
            if (_disposed || (!_members.ContainsKey(id) && _members.Count >= MaxMembers))
            {
                member.Identity.Dispose();
                return;
            }

            // The identity may be in use: it is let go with the others.
            if (_members.TryGetValue(id, out var old))
            {
                _replaced.Add(old.Identity);
            }

            _members[id] = member;
            if (old is null || old.Name == member.Name)
            {
                return;
            }
        }

        // Under the old name it is shown as often as it is in the room.
        Outdate();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var member in _members.Values)
            {
                member.Identity.Dispose();
            }

            _replaced.ForEach(static identity => identity.Dispose());
            _members.Clear();
        }

        _loading.Dispose();
    }

    private async Task LoadAsync(RoomCipher cipher, int epoch, CancellationToken cancellationToken)
    {
        var read = 0;
        await foreach (var member in services.Rooms.MembersAsync(new MembersQuery(room.Token, epoch), cancellationToken).ConfigureAwait(false))
        {
            if (++read > MaxMembers)
            {
                services.Log.TooManyMembers(MaxMembers);
                return;
            }

            Open(cipher, member.Announcement with { Epoch = epoch });
        }
    }

    private void Open(RoomCipher cipher, SealedMember announcement)
    {
        if (Find(announcement.Member) is { } known && known.IsAsNewAs(announcement))
        {
            return;
        }

        try
        {
            var opened = cipher.OpenMember(announcement.Member, announcement.Version, announcement.Envelope.Span);
            Add(announcement.Member, new KnownMember(opened.Identity, ShownName.Clean(opened.DisplayName), announcement.Epoch, announcement.Version));
        }
        catch (LoopException error)
        {
            // Somebody else's bad announcement is nobody's concern but those who look for that member.
            services.Log.MemberRefused(error.Code);
        }
    }

    private bool IsMissing(string id, int epoch)
    {
        lock (_lock)
        {
            return _missing.TryGetValue((id, epoch), out var since) && services.Time.GetElapsedTime(since) < Pause;
        }
    }

    private void Missed(string id, int epoch)
    {
        lock (_lock)
        {
            if (_members.ContainsKey(id))
            {
                return;
            }

            if (_missing.Count >= MaxMembers)
            {
                _missing.Clear();
            }

            _missing[(id, epoch)] = services.Time.GetTimestamp();
        }
    }
}
