using System.Text.RegularExpressions;
using Loop.Sdk.InteropTests.Harness;
using Loop.Sdk.InteropTests.WebRtc.Peers;
using Loop.Sdk.WebRtc.Connections;

namespace Loop.Sdk.InteropTests.WebRtc;

/// <summary>The names behind which browsers hide their addresses. Firefox, without a window, gives them out and answers to none.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class HiddenAddressTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Names_of_chromium_are_resolved()
    {
        if (BrowserProgram.Chromium is null)
        {
            ForeignPrograms.Missing("chromium");
            Assert.Inconclusive("chromium is not installed.");
        }

        await using var browser = await BrowserProgram.StartChromiumAsync(hides: true);
        var peer = await browser.CreatePeerAsync();
        await peer.OpenAsync("x");
        var hidden = HiddenName().Matches((await peer.OfferAsync()).Sdp).Select(static match => match.Value).Distinct().ToList();
        if (hidden.Count == 0)
        {
            Assert.Inconclusive("The browser has no address to hide: this machine has no network besides loopback.");
        }

        foreach (var name in hidden)
        {
            var address = await new MdnsResolver(TimeProvider.System).ResolveAsync(name, TestContext.CancellationToken);
            Assert.IsFalse(address.IsNone, name);
        }
    }

    [GeneratedRegex("[0-9a-f-]{36}[.]local")]
    private static partial Regex HiddenName();
}
