using Loop.Sdk.Rooms;
using Loop.Sdk.Testing;

namespace Loop.Sdk.Server.Tests.Rooms.Harness;

/// <summary>A client.</summary>
internal sealed class RoomsUser(LoopTestClient client)
{
    public ChannelClient Client => client.Client;

    public BreakableLink Link => client.Link;

    public IRooms Rooms { get; } = client.Service<IRooms>();

    public ITimeline Timeline { get; } = client.Service<ITimeline>();

    public Task<JoinedRoom> JoinAsync(string token, string? name = null, string? device = null, string? guest = null, SealedMember? member = null, int? size = null) =>
        Rooms.JoinAsync(new JoinRoom
        {
            Token = token,
            DisplayName = name,
            Device = device,
            GuestCredential = guest,
            Announcement = member,
            ClientMaxSize = size,
        });

    public FeedProbe<Dictionary<string, ParticipantInfo>> Participants(string token) => FeedProbe.Of(Rooms.Participants(new RoomRef(token)), static participant => participant.Id);

    public FeedProbe<Dictionary<string, RoomInfo>> List() => FeedProbe.Of(Rooms.List(), static room => room.Token);

    public FeedProbe<RoomInfo?> Watch(string token) =>
        FeedProbe.Of(Rooms.Watch(new RoomRef(token)), (RoomInfo?)null, static (_, room) => room, static (_, room) => room);

    public FeedProbe<TimelineState> Changes(string token) =>
        FeedProbe.Of(Timeline.Changes(new RoomRef(token)), new TimelineState(), static (_, page) => TimelineState.Begin(page), static (state, change) => state.Apply(change));
}
