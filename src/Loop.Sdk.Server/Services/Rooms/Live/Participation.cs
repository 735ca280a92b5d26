using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Somebody who is in a room, on a session of this server. It may be there before the store says that it is: see <see cref="Confirm"/>.</summary>
internal sealed class Participation : Seat
{
    private readonly RoomsCore _core;
    private long _expiresAt;
    private volatile string? _member;
    private volatile bool _confirmed;

    /// <param name="core">The core.</param>
    /// <param name="room">The room, acquired; released at the end.</param>
    /// <param name="id">The participation's id.</param>
    /// <param name="user">The account or guest.</param>
    /// <param name="session">The session's id.</param>
    public Participation(RoomsCore core, LiveRoom room, string id, string user, string session)
        : base(room)
    {
        _core = core;
        Id = id;
        User = user;
        Session = session;
        room.Members.Add(this);
    }

    public string Id { get; }

    public string User { get; }

    public string Session { get; }

    public bool IsGuest => GuestRecord.IdOf(User) is not null;

    /// <summary>The member who joined, once announced.</summary>
    public string? Member => _member;

    /// <summary>When it expires unless it is prolonged, ms since 1970.</summary>
    public long ExpiresAt
    {
        get => Interlocked.Read(ref _expiresAt);
        set => Interlocked.Exchange(ref _expiresAt, value);
    }

    public void SetMember(string member) => _member = member;

    /// <summary>The store has it.</summary>
    public void Confirm(ParticipantRecord record)
    {
        ExpiresAt = record.ExpiresAt;
        _member = record.Member;
        _confirmed = true;
        _core.Metrics.Joined("ok");
        _core.Log.Joined(Session);
    }

    protected override void OnEnded(string reason)
    {
        if (_confirmed)
        {
            _core.Metrics.Ended(reason);
            _core.Log.Ended(Session, reason);
        }

        Room.Members.Remove(this);
        _core.Live.Release(Room);
    }
}
