namespace Loop.Sdk.Server.Storage;

/// <summary>A room with everything in it.</summary>
internal sealed class MemoryRoom(RoomRecord record)
{
    public RoomRecord Record { get; set; } = record;

    public List<ParticipantRecord> Participants { get; } = [];

    public Dictionary<(int Epoch, string Id), MemberRecord> Members { get; } = [];

    public Dictionary<string, GuestRecord> Guests { get; } = [];

    public List<RotationNotice> Notices { get; } = [];

    public MemoryTimeline Timeline { get; } = new();

    public IEnumerable<ParticipantRecord> InOrder => Participants.OrderBy(static participant => participant.JoinedAt).ThenBy(static participant => participant.Id, StringComparer.Ordinal);
}
