using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>Who this client is in a room: the member key, the name, and its announcement in the present epoch.</summary>
internal sealed class OwnMember(RoomServices services, MemberKey key, string name) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<MemberKey> _retired = [];
    private MemberKey _key = key;
    private SealedMember? _announcement;
    private long _version;

    public MemberKey Key => Volatile.Read(ref _key);

    public string Id => Key.Identity.Id;

    /// <summary>Whether it must stay this member: an owner, whose signature others know the room by.</summary>
    public bool IsFixed { get; set; }

    /// <summary>The name to show. Announced from the next epoch or joining on.</summary>
    public string Name
    {
        get;
        set
        {
            lock (_lock)
            {
                field = value;
                _announcement = null;
            }
        }
    } = name;

    /// <summary>The announcement in the cipher's epoch: the same one until something changes.</summary>
    public SealedMember Announce(RoomCipher cipher)
    {
        lock (_lock)
        {
            if (_announcement is not { } present || present.Epoch != cipher.Epoch)
            {
                _version = Math.Max(_version + 1, services.Time.GetUtcNow().ToUnixTimeMilliseconds());
                var envelope = cipher.SealMember(_key, Name, _version);

                // The epoch may have changed in between.
                present = new SealedMember { Member = Id, Epoch = EnvelopeLayout.ReadHead(envelope, out _), Version = _version, Envelope = envelope };
                _announcement = present;
            }

            return present;
        }
    }

    /// <summary>The server has an announcement of this version, so that the next one must be newer.</summary>
    public void Outdated(long version)
    {
        lock (_lock)
        {
            _version = Math.Max(_version, version);
            _announcement = null;
        }
    }

    /// <summary>From now on this client is somebody else, since nobody can have the id any more.</summary>
    /// <param name="key">The keys, taken over; null for new ones.</param>
    public void Become(MemberKey? key = null)
    {
        lock (_lock)
        {
            // What is under way may still use the old ones.
            _retired.Add(_key);
            Volatile.Write(ref _key, key ?? MemberKey.Generate());
            _announcement = null;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _key.Dispose();
            _retired.ForEach(static retired => retired.Dispose());
        }
    }
}
