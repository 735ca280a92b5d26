using Loop.Sdk.InteropTests.WebRtc.Peers;

namespace Loop.Sdk.InteropTests.WebRtc;

/// <summary>With pages in Chromium.</summary>
[TestClass]
public sealed class ChromiumPeerTests : PeerInteropTests
{
    private protected override string Executable => "chromium";

    private protected override bool IsInstalled => BrowserProgram.Chromium is not null;

    private protected override Task<PeerProgram> StartAsync() => BrowserProgram.StartChromiumAsync();
}
