using Loop.Sdk.Server.Push;

namespace Loop.Sdk.Server.Tests.Push;

[TestClass]
public sealed class PushOptionsTests
{
    public static IEnumerable<object[]> Wrong { get; } =
    [
        [Change(static options => options.PublicOrigin = new Uri("ftp://push.example"))],
        [Change(static options => options.PublicOrigin = new Uri("https://push.example/path"))],
        [Change(static options => options.PublicOrigin = new Uri("https://user@push.example"))],
        [Change(static options => options.PublicOrigin = new Uri("/push", UriKind.Relative))],
        [Change(static options => options.MaxBody = 4095)],
        [Change(static options => options.MaxBody = 65_537)],
        [Change(static options => options.MaxTimeToLive = TimeSpan.FromDays(366))],
        [Change(static options => options.AgentLifetime = TimeSpan.Zero)],
        [Change(static options => options.GoneLifetime = TimeSpan.Zero)],
        [Change(static options => options.MaxAgents = 0)],
        [Change(static options => options.MaxSubscriptions = 0)],
        [Change(static options => options.MaxSubscriptionMessages = 0)],
        [Change(static options => options.MaxSubscriptionBytes = 4095)],
        [Change(static options => options.MaxAccountMessages = 0)],
        [Change(static options => options.MaxAccountBytes = 1)],
        [Change(static options => options.MaxUnacknowledged = 0)],
        [Change(static options => options.EndpointRate = new RateLimit(0, 1))],
        [Change(static options => options.BodyTimeout = TimeSpan.Zero)],
        [Change(static options => options.ReceiptLifetime = TimeSpan.Zero)],
        [Change(static options => options.ReceiptWait = TimeSpan.FromHours(1))],
        [Change(static options => options.SweepInterval = TimeSpan.Zero)],
    ];

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void Options_out_of_range_are_refused(Action<PushOptions> change)
    {
        var options = new PushOptions { PublicOrigin = new Uri("https://push.example:8443") };
        Assert.IsTrue(new PushOptionsValidator().Validate(null, options).Succeeded);
        change(options);
        Assert.IsTrue(new PushOptionsValidator().Validate(null, options).Failed);
    }

    private static Action<PushOptions> Change(Action<PushOptions> change) => change;
}
