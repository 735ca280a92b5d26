using System.Text.Json;
using Loop.Sdk.Server.Tests.LoopApi.Harness;

namespace Loop.Sdk.Server.Tests.LoopApi.Points;

/// <summary>The points of the specification about direct calls.</summary>
[TestClass]
public sealed class CallPoints
{
    [TestMethod]
    public async Task P39_Call_without_an_account_is_refused()
    {
        await using var world = await HttpWorld.StartAsync();
        Assert.AreEqual("403/110", (await CallingAsync(await world.UserAsync())).Code);
    }

    [TestMethod]
    public async Task P40_Callee_who_cannot_be_woken_is_unavailable()
    {
        await using var world = await HttpWorld.StartAsync();
        var caller = await world.UserAsync("ada");
        Assert.AreEqual("400/122", (await CallingAsync(caller)).Code);
        await world.UserAsync("bob", "rooms");
        Assert.AreEqual("400/122", (await CallingAsync(caller)).Code);
        var callee = await world.UserAsync("bob", "calls");
        Assert.AreEqual(200, (await CallingAsync(caller)).Status);
        Assert.AreEqual((callee.Push, world.Second), await world.Sink.NextAsync());
        Assert.AreEqual("400/107", (await caller.SendAsync("POST", "/v0/calls", """{"calleeId":"bob","callType":"smoke"}""")).Code);
        Assert.AreEqual("400/108", (await caller.SendAsync("POST", "/v0/calls", """{"calleeId":"bob"}""")).Code);
        Assert.AreEqual("400/107", (await caller.SendAsync("POST", "/v0/calls", $$"""{"calleeId":"bob","callType":"audio","subject":"{{new string('x', 125)}}"}""")).Code);
    }

    [TestMethod]
    public async Task P41_Calls_are_listed_from_a_version_on()
    {
        await using var world = await HttpWorld.StartAsync();
        var (caller, callee) = (await world.UserAsync("ada"), await world.UserAsync("bob", "calls"));
        Assert.AreEqual("400/108", (await callee.SendAsync("GET", "/v0/calls")).Code);
        var call = (await CallingAsync(caller)).Json;
        var shown = (await ListAsync(callee, world.Second)).Single();
        Assert.AreEqual(call.GetProperty("callId").GetString(), shown.GetProperty("callId").GetString());
        Assert.AreEqual("ada audio-video Lunch", $"{shown.GetProperty("callerId")} {shown.GetProperty("callType")} {shown.GetProperty("subject")}");
        Assert.AreEqual(call.GetProperty("sessionId").GetString(), shown.GetProperty("sessionId").GetString());
        Assert.AreNotEqual(call.GetProperty("sessionToken").GetString(), shown.GetProperty("sessionToken").GetString());
        Assert.AreNotEqual(call.GetProperty("websocketToken").GetString(), shown.GetProperty("websocketToken").GetString());
        Assert.IsEmpty(await ListAsync(callee, world.Second + 1));
        Assert.IsEmpty(await ListAsync(caller, 0));
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.IsEmpty(await ListAsync(callee, 0));
    }

    [TestMethod]
    public async Task P42_Call_goes_through_its_states()
    {
        await using var world = await HttpWorld.StartAsync();
        var (caller, callee, _, _) = await AlertingAsync(world);
        await using var one = caller;
        await using var other = callee;
        await callee.ActAsync("accept");
        await BothAsync("progress connecting", caller, callee);
        await caller.ActAsync("media-up");
        await BothAsync("progress half-connected", caller, callee);
        await caller.ActAsync("media-up");
        await callee.ActAsync("media-up");
        await BothAsync("progress connected", caller, callee);
        await BothAsync("closed", caller, callee);
    }

    [TestMethod]
    [DataRow("supervisory", 10)]
    [DataRow("ringing", 30)]
    [DataRow("connection", 10)]
    public async Task P43_Each_of_three_timers_ends_a_call(string timer, int seconds)
    {
        await using var world = await HttpWorld.StartAsync();
        if (timer == "supervisory")
        {
            var (call, _) = await BeginAsync(world);
            var (device, _) = await CallDevice.HelloAsync(call);
            await using var alone = device;
            await EndsAsync(world, seconds, device);
            return;
        }

        var (caller, callee, _, _) = await AlertingAsync(world);
        await using var one = caller;
        await using var other = callee;
        if (timer == "connection")
        {
            await callee.ActAsync("accept");
            await BothAsync("progress connecting", caller, callee);
        }

        await EndsAsync(world, seconds, caller, callee);
    }

    [TestMethod]
    public async Task P44_Other_devices_of_the_callee_stop_ringing()
    {
        await using var world = await HttpWorld.StartAsync();
        var (caller, callee, _, shown) = await AlertingAsync(world);
        await using var one = caller;
        await using var other = callee;
        var (second, state) = await CallDevice.HelloAsync(shown);
        await using var third = second;
        Assert.AreEqual("hello alerting", state);
        await second.ActAsync("accept");
        await BothAsync("progress connecting", caller, second);
        Assert.AreEqual("progress terminated answered-elsewhere", await callee.NextAsync());
        Assert.AreEqual("closed", await callee.NextAsync());
        await second.ActAsync("media-up");
        await BothAsync("progress half-connected", caller, second);
    }

    [TestMethod]
    public async Task P45_Reason_is_passed_on_and_told_to_those_who_come_later()
    {
        await using var world = await HttpWorld.StartAsync();
        var (caller, callee, call, _) = await AlertingAsync(world);
        await using var one = caller;
        await using var other = callee;
        await callee.ActAsync("terminate", "busy");
        await BothAsync("progress terminated busy", caller, callee);
        await BothAsync("closed", caller, callee);
        var (late, state) = await CallDevice.HelloAsync(call);
        await using var third = late;
        Assert.AreEqual("hello terminated busy", state);
        Assert.IsEmpty(await ListAsync(await world.UserAsync("bob"), 0));
    }

    [TestMethod]
    public async Task P46_Impossible_step_is_an_error_and_the_end()
    {
        await using var world = await HttpWorld.StartAsync();
        var (call, _) = await BeginAsync(world);
        foreach (var (message, error) in new[]
        {
            ("""{"messageType":"action","event":"accept"}""", "error No transition from init state with accept event."),
            ("""{"messageType":"action","event":"media-up"}""", "error No transition from init state with media-up event."),
            ("""{"messageType":"action","event":"dance"}""", "error Invalid event: should be one of accept, media-up, terminate"),
            ("""{"messageType":"action","event":"terminate","reason":"no spaces"}""", "error Invalid reason: should be alphanumeric"),
            ("""{"messageType":"action"}""", "error Missing parameters: event"),
            ("""{"messageType":"song"}""", "error Unknown messageType"),
            ("nothing", "error Malformed message."),
        })
        {
            var (device, _) = await CallDevice.HelloAsync(call);
            await using var one = device;
            await device.SendAsync(message);
            Assert.AreEqual(error, await device.NextAsync());
            Assert.AreEqual("closed", await device.NextAsync());
            (call, _) = await BeginAsync(world);
        }

        await RefusedAsync(call, "x", "error bad authentication");
        await using var stranger = await CallDevice.ConnectAsync(call.GetProperty("progressURL").GetString()!);
        await stranger.SendAsync("""{"messageType":"hello","callId":"x"}""");
        Assert.AreEqual("error Missing parameters: auth", await stranger.NextAsync());
        await using var unknown = await CallDevice.ConnectAsync(call.GetProperty("progressURL").GetString()!);
        await unknown.SendAsync("""{"messageType":"hello","callId":"x","auth":"y"}""");
        Assert.AreEqual("error bad callId", await unknown.NextAsync());
    }

    [TestMethod]
    public async Task P47_Echo_comes_back()
    {
        await using var world = await HttpWorld.StartAsync();
        var (call, _) = await BeginAsync(world);
        await using var device = await CallDevice.ConnectAsync(call.GetProperty("progressURL").GetString()!);
        await device.SendAsync("""{"messageType":"echo","echo":{"a":[1,null,"x"]}}""");
        Assert.AreEqual("""{"messageType":"echo","echo":{"a":[1,null,"x"]}}""", await device.TextAsync());
    }

    private static Task<ApiAnswer> CallingAsync(HttpUser caller) => caller.SendAsync("POST", "/v0/calls", """{"calleeId":["Bob","nobody"],"callType":"audio-video","subject":"Lunch"}""");

    private static async Task<JsonElement[]> ListAsync(HttpUser callee, long version) => [.. (await callee.SendAsync("GET", $"/v0/calls?version={version}")).Json.GetProperty("calls").EnumerateArray()];

    /// <summary>A call, as the caller and the callee are told of it.</summary>
    private static async Task<(JsonElement Call, JsonElement Shown)> BeginAsync(HttpWorld world)
    {
        var (caller, callee) = (await world.UserAsync("ada"), await world.UserAsync("bob", "calls"));
        var call = (await CallingAsync(caller)).Json;
        return (call, (await ListAsync(callee, 0))[^1]);
    }

    private static async Task<(CallDevice Caller, CallDevice Callee, JsonElement Call, JsonElement Shown)> AlertingAsync(HttpWorld world)
    {
        var (call, shown) = await BeginAsync(world);
        var (caller, state) = await CallDevice.HelloAsync(call);
        Assert.AreEqual("hello init", state);
        (var callee, state) = await CallDevice.HelloAsync(shown);
        Assert.AreEqual("hello init", state);
        await BothAsync("progress alerting", caller, callee);
        return (caller, callee, call, shown);
    }

    private static async Task BothAsync(string message, params CallDevice[] devices)
    {
        foreach (var device in devices)
        {
            Assert.AreEqual(message, await device.NextAsync());
        }
    }

    private static async Task EndsAsync(HttpWorld world, int seconds, params CallDevice[] devices)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        await devices[0].SendAsync("""{"messageType":"echo","echo":1}""");
        Assert.AreEqual("echo", await devices[0].NextAsync());
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await BothAsync("progress terminated timeout", devices);
        await BothAsync("closed", devices);
    }

    private static async Task RefusedAsync(JsonElement call, string auth, string error)
    {
        var (device, answer) = await CallDevice.HelloAsync(call, auth);
        await using var one = device;
        Assert.AreEqual(error, answer);
        Assert.AreEqual("closed", await device.NextAsync());
    }
}
