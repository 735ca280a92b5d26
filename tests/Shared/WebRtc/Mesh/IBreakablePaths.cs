namespace Loop.Sdk.WebRtc.Conformance;

/// <summary>The network between the hosts of a test, which the test breaks and mends.</summary>
internal interface IBreakablePaths
{
    /// <summary>Makes a host's engine.</summary>
    IPeerConnectionFactory CreateFactory(string host);

    /// <summary>Breaks all paths, and those to come.</summary>
    void Cut();

    /// <summary>Breaks the paths between two hosts, and those to come.</summary>
    void Cut(string host, string other);

    /// <summary>Mends everything.</summary>
    void Restore();
}
