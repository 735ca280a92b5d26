using System.Text.Json;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Testing;

namespace Loop.Sdk.Server.Tests.Presence.Harness;

/// <summary>A client.</summary>
internal sealed class PresenceUser(PresenceWorld world, LoopTestClient client, string? account)
{
    public LoopTestClient Test => client;

    public ChannelClient Client => client.Client;

    public BreakableLink Link => client.Link;

    public IPresence Presence { get; } = client.Service<IPresence>();

    public async Task<PresenceMember> EnterAsync(string scope = PresenceWorld.Doc, string? data = null, string? instance = null) =>
        (await Presence.EnterAsync(new EnterScope { Scope = scope, Data = Json(data), Instance = instance ?? Guid.NewGuid().ToString() })).Member;

    public Task UpdateAsync(string? data, string scope = PresenceWorld.Doc) => Presence.UpdateAsync(new UpdateMember { Scope = scope, Data = Json(data) });

    public Task LeaveAsync(string scope = PresenceWorld.Doc) => Presence.LeaveAsync(new ScopeRef(scope));

    public Task KickAsync(string member, bool wholeUser = false, string scope = PresenceWorld.Doc) =>
        Presence.KickAsync(new KickMember { Scope = scope, Member = member, WholeUser = wholeUser });

    public Task<PresenceSnapshot> GetAsync(string scope = PresenceWorld.Doc) => Presence.GetAsync(new ScopeRef(scope));

    public FeedProbe<ScopeState> Watch(string scope = PresenceWorld.Doc) => ScopeState.Probe(Presence.Watch(new WatchScope(scope)));

    /// <summary>Breaks the connection, without a way back, until the server has noticed.</summary>
    public async Task BreakAsync()
    {
        var session = world.SessionOf(account!);
        Link.IsRefusing = true;
        Link.Cut();
        await Until.SoAsync(() => !session.IsConnected);
    }

    /// <summary>Lets the client come back, until both ends have noticed: a step of the clock may be longer than an attempt to connect may take.</summary>
    public async Task ReturnAsync()
    {
        var session = world.SessionOf(account!);
        Link.IsRefusing = false;
        await Until.SoAsync(() => session.IsConnected);
        await Until.SoAsync(() => Client.State == ChannelState.Connected);
    }

    private static JsonElement? Json(string? data) => data is null ? null : JsonElement.Parse(data);
}
