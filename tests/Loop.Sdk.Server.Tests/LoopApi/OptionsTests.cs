using Loop.Sdk.Server.LoopApi;
using Loop.Sdk.Server.Rooms;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Tests.LoopApi;

[TestClass]
public sealed class OptionsTests
{
    [TestMethod]
    public void Values_out_of_range_are_named_and_those_in_range_are_not()
    {
        foreach (var (name, spoil) in new (string Name, Action<LoopHttpApiOptions> Spoil)[]
        {
            ("PublicOrigin", static options => options.PublicOrigin = new Uri("https://x.example/path")),
            ("RoomUrl", static options => options.RoomUrl = ""),
            ("RoomUrl", static options => options.RoomUrl = "https://x.example/"),
            ("RoomUrl", static options => options.RoomUrl = "ftp://x.example/{token}"),
            ("RoomUrl", static options => options.RoomUrl = "https://x.example/#{token}"),
            ("AllowedOrigins", static options => options.AllowedOrigins.Add("x.example/path")),
            ("PushServers", static options => options.PushServers.Add(new Uri("https://x.example"))),
            ("MaxRoomSize", static options => options.MaxRoomSize = 9),
            ("MaxRoomSize", static options => options.MaxRoomSize = 0),
            ("DeletedLifetime", static options => options.DeletedLifetime = TimeSpan.FromDays(8)),
            ("SessionLifetime", static options => options.SessionLifetime = TimeSpan.Zero),
            ("MaxSessionsPerUser", static options => options.MaxSessionsPerUser = 0),
            ("ClockSkew", static options => options.ClockSkew = TimeSpan.FromMinutes(11)),
            ("MaxNoncesPerSession", static options => options.MaxNoncesPerSession = 99),
            ("MaxNonces", static options => options.MaxNonces = 999),
            ("MaxBody", static options => options.MaxBody = 1023),
            ("BodyTimeout", static options => options.BodyTimeout = TimeSpan.Zero),
            ("RetryAfter", static options => options.RetryAfter = TimeSpan.Zero),
            ("PushTimeout", static options => options.PushTimeout = TimeSpan.Zero),
            ("MaxPushesAtOnce", static options => options.MaxPushesAtOnce = 0),
            ("MaxWaitingPushes", static options => options.MaxWaitingPushes = 0),
            ("CallLifetime", static options => options.CallLifetime = TimeSpan.FromSeconds(49)),
            ("SupervisoryTimeout", static options => options.SupervisoryTimeout = TimeSpan.Zero),
            ("RingingTimeout", static options => options.RingingTimeout = TimeSpan.FromMinutes(6)),
            ("ConnectionTimeout", static options => options.ConnectionTimeout = TimeSpan.Zero),
            ("MaxSubject", static options => options.MaxSubject = 0),
            ("MaxCalls", static options => options.MaxCalls = 0),
            ("MaxCallsPerCallee", static options => options.MaxCallsPerCallee = 0),
        })
        {
            var options = Sound();
            spoil(options);
            var result = Validate(options);
            Assert.IsTrue(result.Failed && result.FailureMessage!.Contains(name, StringComparison.Ordinal), $"{name}: {result.FailureMessage}");
        }

        Assert.IsTrue(Validate(Sound()).Succeeded);
    }

    private static LoopHttpApiOptions Sound() => new()
    {
        RoomUrl = "https://hello.example/{token}",
        PublicOrigin = new Uri("https://api.hello.example:8443"),
        AllowedOrigins = { "https://hello.example", "*" },
        PushServers = { new Uri("wss://push.example") },
    };

    private static ValidateOptionsResult Validate(LoopHttpApiOptions options) => new LoopHttpApiOptionsValidator(Options.Create(new RoomsOptions())).Validate(null, options);
}
