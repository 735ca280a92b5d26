using System.Text.Json;
using Loop.Sdk.Presence;
using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Presence.Harness;

/// <summary>Somebody with a device: a channel and its presence.</summary>
internal sealed class PresenceUser(PresenceWorld world, LoopTestClient device)
{
    public LoopTestClient Device => device;

    public BreakableLink Link => device.Link;

    public PresenceClient Presence => device.Client.Presence;

    public string SessionId => device.Client.SessionId!;

    public Task<PresenceEntry> EnterAsync(string scope = PresenceWorld.Doc, string? data = null) => Presence.EnterAsync(scope, Json(data));

    public ScopeProbe Watch(string scope = PresenceWorld.Doc) => new(Presence.Watch(scope));

    /// <summary>Breaks the connection, without a way back, until the server has noticed.</summary>
    public async Task BreakAsync()
    {
        Link.IsRefusing = true;
        Link.Cut();
        await world.Sessions.UntilDisconnectedAsync(SessionId);
    }

    /// <summary>Lets the client come back, until the server has noticed.</summary>
    public async Task ReturnAsync()
    {
        Link.IsRefusing = false;
        await world.Sessions.UntilConnectedAsync(SessionId);
    }

    /// <summary>Loses the session: the connection breaks, and the server forgets the session before it is back.</summary>
    /// <param name="comesBack">Whether the client may connect again at once.</param>
    public async Task LoseSessionAsync(bool comesBack = true)
    {
        var before = SessionId;
        await BreakAsync();
        await world.Sessions.EndAsync(before);
        if (comesBack)
        {
            Link.IsRefusing = false;
            await Eventually.TrueAsync(() => device.Client.SessionId != before);
        }
    }

    public static JsonElement? Json(string? data) => data is null ? null : JsonElement.Parse(data);
}
