namespace Loop.Sdk.Server.Rooms;

/// <summary>The owner's right to one thing, without being in the room.</summary>
internal sealed class OwnerSeat : Seat, IDisposable
{
    private readonly RoomsCore _core;
    private int _released;

    public OwnerSeat(RoomsCore core, LiveRoom room, string account)
        : base(room)
    {
        _core = core;
        Account = account;
        room.Members.Add(this);
    }

    public string Account { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            Room.Members.Remove(this);
            _core.Live.Release(Room);
        }
    }

    protected override void OnEnded(string reason)
    {
    }
}
