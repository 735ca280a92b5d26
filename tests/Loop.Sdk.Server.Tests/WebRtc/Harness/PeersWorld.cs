using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Server.WebRtc;
using Loop.Sdk.WebRtc;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.WebRtc.Harness;

/// <summary>A room with two who signal to each other.</summary>
internal sealed class PeersWorld : IAsyncDisposable
{
    public required RoomsWorld World { get; init; }

    public required string Token { get; init; }

    public required PeerUser Ada { get; init; }

    public required PeerUser Bob { get; init; }

    public WebRtcCore Core => World.Host.Services.GetRequiredService<WebRtcCore>();

    public static async Task<PeersWorld> StartAsync(Action<WebRtcOptions>? configure = null)
    {
        var world = await RoomsWorld.StartAsync((world, builder) =>
        {
            builder.Services.AddSingleton<IRoomStorage>(world.Storage);
            builder.AddWebRtc(configure);
        });
        var owner = world.User("ada");
        var token = (await RoomsWorld.CreateAsync(owner)).Token;
        return new PeersWorld { World = world, Token = token, Ada = await PeerUser.JoinAsync(owner, token, "m-ada"), Bob = await JoinAsync(world, token, "bob") };
    }

    public Task<PeerUser> JoinAsync(string account) => JoinAsync(World, Token, account);

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static Task<PeerUser> JoinAsync(RoomsWorld world, string token, string account) => PeerUser.JoinAsync(world.User(account), token, $"m-{account}");
}
