using Loop.Sdk.Server.UserAgent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Tests.UserAgent;

[TestClass]
public sealed class UserAgentOptionsTests
{
    [TestMethod]
    public void Defaults_are_in_range_when_nothing_is_set() => Assert.IsNotNull(Read(static _ => { }));

    public static IEnumerable<object[]> Wrong =>
    [
        [(Action<UserAgentOptions>)(static options => options.MaxText = 1023)],
        [(Action<UserAgentOptions>)(static options => options.MaxText = (1024 * 1024) + 1)],
        [(Action<UserAgentOptions>)(static options => options.MaxOpenSessions = 0)],
        [(Action<UserAgentOptions>)(static options => options.MaxStars = 0)],
        [(Action<UserAgentOptions>)(static options => options.HistoryWindow = 0)],
        [(Action<UserAgentOptions>)(static options => options.TopSitesWindow = 501)],
        [(Action<UserAgentOptions>)(static options => options.MaxCatchUp = 0)],
        [(Action<UserAgentOptions>)(static options => options.KeyLifetime = TimeSpan.FromHours(23))],
        [(Action<UserAgentOptions>)(static options => options.SweepInterval = TimeSpan.Zero)],
        [(Action<UserAgentOptions>)(static options => options.BodyTimeout = TimeSpan.Zero)],
        [(Action<UserAgentOptions>)(static options => options.MaxLegacySockets = 0)],
        [(Action<UserAgentOptions>)(static options => options.MaxImport = 1023)],
    ];

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void Options_are_refused_when_out_of_range(Action<UserAgentOptions> change) => Assert.ThrowsExactly<OptionsValidationException>(() => Read(change));

    private static UserAgentOptions Read(Action<UserAgentOptions> change)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddLoopServer().AddUserAgent(change);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<UserAgentOptions>>().Value;
    }
}
