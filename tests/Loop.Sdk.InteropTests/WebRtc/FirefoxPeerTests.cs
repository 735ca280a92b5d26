using Loop.Sdk.InteropTests.WebRtc.Peers;

namespace Loop.Sdk.InteropTests.WebRtc;

/// <summary>With pages in Firefox.</summary>
[TestClass]
public sealed class FirefoxPeerTests : PeerInteropTests
{
    private protected override string Executable => "firefox-esr";

    private protected override bool IsInstalled => BrowserProgram.Firefox is not null;

    private protected override Task<PeerProgram> StartAsync() => BrowserProgram.StartFirefoxAsync();
}
