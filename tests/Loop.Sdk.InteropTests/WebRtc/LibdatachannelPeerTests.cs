using Loop.Sdk.InteropTests.Senders;
using Loop.Sdk.InteropTests.WebRtc.Peers;

namespace Loop.Sdk.InteropTests.WebRtc;

/// <summary>With libdatachannel, by the npm package <c>node-datachannel</c>. The package's W3C layer makes one offer for each connection.</summary>
[TestClass]
public sealed class LibdatachannelPeerTests : PeerInteropTests
{
    private protected override string Executable => "npm";

    private protected override bool IsInstalled => NodePackage.IsAvailable;

    private protected override bool Renegotiates => false;

    // That layer gives the defaults for them.
    private protected override bool TellsOptions => false;

    private protected override async Task<PeerProgram> StartAsync() => await NodeProgram.StartAsync();
}
