using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Tests.Channel;

[TestClass]
public sealed class OptionsTests
{
    public static IEnumerable<object[]> Wrong { get; } =
    [
        [(Action<LoopServerOptions>)(static options => options.HelloTimeout = TimeSpan.Zero)],
        [(Action<LoopServerOptions>)(static options => options.KeepAlive = TimeSpan.FromHours(1))],
        [(Action<LoopServerOptions>)(static options => options.ResumeWindow = TimeSpan.FromSeconds(-1))],
        [(Action<LoopServerOptions>)(static options => options.Limits.StreamWindow = 1024)],
        [(Action<LoopServerOptions>)(static options => options.Limits.SessionWindow = 48 * 1024)],
        [(Action<LoopServerOptions>)(static options => options.Limits.MaxStreams = 0)],
        [(Action<LoopServerOptions>)(static options => options.RateLimits.SessionCalls = new RateLimit(0, 1))],
        [(Action<LoopServerOptions>)(static options => options.RateLimits.AddressCalls = new RateLimit(double.NaN, 1))],
        [(Action<LoopServerOptions>)(static options => options.AllowedOrigins.Add("app.example"))],
        [(Action<LoopServerOptions>)(static options => options.AllowedOrigins.Add("https://app.example/path"))],
    ];

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void Options_out_of_range_are_refused(Action<LoopServerOptions> configure)
    {
        using var services = Services(configure);
        Assert.ThrowsExactly<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    [TestMethod]
    public void Default_options_are_sound()
    {
        using var services = Services(static options => options.AllowedOrigins.Add("https://app.example:8443"));
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static ServiceProvider Services(Action<LoopServerOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLoopServer(configure);
        return services.BuildServiceProvider();
    }
}
