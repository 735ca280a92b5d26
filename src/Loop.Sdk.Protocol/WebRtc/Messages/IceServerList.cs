namespace Loop.Sdk.WebRtc;

/// <summary>The servers that help to find paths.</summary>
public sealed record IceServerList
{
    /// <summary>The servers; none if the host has none.</summary>
    public required IReadOnlyList<IceServerInfo> Servers { get; init; }

    /// <summary>How long the credentials last, in seconds.</summary>
    public required int Ttl { get; init; }

    /// <summary>How many servers, and nothing of their credentials.</summary>
    public override string ToString() => $"{Servers.Count} servers for {Ttl} s";
}
