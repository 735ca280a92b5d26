using System.Collections.Concurrent;
using Loop.Sdk.Server.LoopApi;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.LoopApi;

[TestClass]
public sealed class MediaProviderTests
{
    [TestMethod]
    public async Task Tokens_of_another_provider_let_guests_in()
    {
        var media = new ForeignMedia();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.Services.AddSingleton<ILoopMediaProvider>(media));
        var user = await world.UserAsync("ada");
        var room = await user.CreateAsync(""","channel":"nightly" """, maxSize: 3);
        var answer = await user.JoinAsync(room);
        Assert.AreEqual("""{"apiKey":"foreign","sessionId":"session-of-room","sessionToken":"T1==1","expires":300}""", answer.Text.Replace(room, "room", StringComparison.Ordinal));
        var guest = await world.JoinAsync(room);
        Assert.AreEqual("T1==2", guest);
        Assert.AreEqual(200, (await world.ActAsync(room, guest, "refresh")).Status);
        Assert.AreEqual("401/110", (await world.ActAsync(room, "T1==1", "refresh")).Code);
        Assert.AreEqual("401/110", (await world.ActAsync(room, "T1==3", "refresh")).Code);
        CollectionAssert.AreEqual(new[] { true, false }, media.Joins.Select(static join => join.IsModerator).ToArray());
        CollectionAssert.AreEqual(new[] { "nightly", "nightly" }, media.Joins.Select(static join => join.Channel).ToArray());
        Assert.AreEqual((await user.GetAsync(room)).GetProperty("participants").EnumerateArray().Single(static one => one.GetProperty("owner").GetBoolean()).GetProperty("roomConnectionId").GetString(), media.Joins.First().Participant);
    }

    [TestMethod]
    public async Task Guest_who_joins_again_with_another_token_takes_no_second_seat()
    {
        await using var world = await HttpWorld.StartAsync(build: static builder => builder.Services.AddSingleton<ILoopMediaProvider>(new ForeignMedia()));
        var user = await world.UserAsync("ada");
        var room = await user.CreateAsync(maxSize: 2);
        var guest = await world.JoinAsync(room);
        var again = await world.ActAsync(room, guest, "join", HttpUser.Joining());
        Assert.AreEqual("T1==2", again.Json.GetProperty("sessionToken").GetString());
        Assert.AreEqual("401/110", (await world.ActAsync(room, guest, "leave")).Code);
        Assert.AreEqual(1, (await user.GetAsync(room)).GetProperty("participants").GetArrayLength());
        Assert.AreEqual("204", (await world.ActAsync(room, "T1==2", "leave")).Code);
    }

    [TestMethod]
    public async Task Token_that_no_guest_could_show_is_refused_by_the_server()
    {
        await using var world = await HttpWorld.StartAsync(build: static builder => builder.Services.AddSingleton<ILoopMediaProvider>(new ForeignMedia { Prefix = "a:b" }));
        var room = await (await world.UserAsync()).CreateAsync();
        Assert.AreEqual("503/201", (await world.TryJoinAsync(room)).Code);
    }

    [TestMethod]
    public async Task Callees_are_found_by_the_hosts_own_identity()
    {
        await using var world = await HttpWorld.StartAsync(build: static builder => builder.Services.AddSingleton<ILoopHttpIdentity, PhoneBook>());
        var (caller, callee) = (await world.UserAsync("ada"), await world.UserAsync("bob", "calls"));
        const string Call = """{"calleeId":[{"phoneNumber":"030 1234567","mcc":"262"}],"callType":"audio"}""";
        Assert.AreEqual(200, (await caller.SendAsync("POST", "/v0/calls", Call)).Status);
        Assert.AreEqual(callee.Push, (await world.Sink.NextAsync()).Url);
    }

    private sealed class ForeignMedia : ILoopMediaProvider
    {
        private int _tokens;

        public string Prefix { get; init; } = "T1==";

        public ConcurrentQueue<LoopMediaJoin> Joins { get; } = new();

        public ValueTask<LoopMediaSession> JoinAsync(LoopMediaJoin join, CancellationToken cancellationToken)
        {
            Joins.Enqueue(join);
            return ValueTask.FromResult(new LoopMediaSession("foreign", $"session-of-{join.Place}", $"{Prefix}{Interlocked.Increment(ref _tokens)}"));
        }

        public ValueTask<bool> IsHealthyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }

    private sealed class PhoneBook : ILoopHttpIdentity
    {
        public ValueTask<string?> IdentifyAsync(Credentials credentials, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(credentials.Token[9..]);

        public ValueTask<string?> FindAsync(LoopCallee callee, CancellationToken cancellationToken) =>
            ValueTask.FromResult(callee is { IsPhoneNumber: true, Id: "030 1234567", MobileCountryCode: "262" } ? "bob" : null);

        public ValueTask<bool> IsHealthyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }
}
