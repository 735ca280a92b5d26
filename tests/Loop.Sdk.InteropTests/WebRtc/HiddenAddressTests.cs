using System.Text.RegularExpressions;
using Loop.Sdk.InteropTests.Harness;
using Loop.Sdk.InteropTests.WebRtc.Peers;
using Loop.Sdk.WebRtc.Connections;

namespace Loop.Sdk.InteropTests.WebRtc;

/// <summary>The names behind which browsers hide their addresses.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class HiddenAddressTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public Task Names_of_chromium_are_resolved() => ResolveAsync("chromium", BrowserProgram.Chromium, static () => BrowserProgram.StartChromiumAsync(hides: true));

    [TestMethod]
    public Task Names_of_firefox_are_resolved() => ResolveAsync("firefox-esr", BrowserProgram.Firefox, static () => BrowserProgram.StartFirefoxAsync(hides: true));

    [GeneratedRegex("[0-9a-f-]{36}[.]local")]
    private static partial Regex HiddenName();

    private async Task ResolveAsync(string name, string? executable, Func<Task<PeerProgram>> start)
    {
        if (executable is null)
        {
            ForeignPrograms.Missing(name);
            Assert.Inconclusive($"{name} is not installed.");
        }

        await using var browser = await start();
        var peer = await browser.CreatePeerAsync();
        await peer.OpenAsync("x");
        var hidden = HiddenName().Matches((await peer.OfferAsync()).Sdp).Select(static match => match.Value).Distinct().ToList();
        if (hidden.Count == 0)
        {
            Assert.Inconclusive("The browser has no address to hide: this machine has no network besides loopback.");
        }

        foreach (var one in hidden)
        {
            var address = await new MdnsResolver(TimeProvider.System).ResolveAsync(one, TestContext.CancellationToken);
            Assert.IsFalse(address.IsNone, one);
        }
    }
}
