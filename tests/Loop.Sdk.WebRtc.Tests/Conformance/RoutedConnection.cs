using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Loop.Sdk.WebRtc.Tests.Conformance;

/// <summary>A real connection whose addresses are told as those of its doors.</summary>
internal sealed partial class RoutedConnection(RouterNetwork network, string host, IPeerConnection connection) : IPeerConnection
{
    private readonly HashSet<int> _ports = [];

    public SignalingState SignalingState => connection.SignalingState;

    public PeerConnectionState State => connection.State;

    public SessionDescription? LocalDescription => connection.LocalDescription is { } description ? Redirect(description) : null;

    public SessionDescription? RemoteDescription => connection.RemoteDescription;

    public long MaxMessageSize => connection.MaxMessageSize;

    public async Task<SessionDescription> SetLocalDescriptionAsync(CancellationToken cancellationToken = default) => Redirect(await connection.SetLocalDescriptionAsync(cancellationToken));

    public Task RollbackAsync(CancellationToken cancellationToken = default) => connection.RollbackAsync(cancellationToken);

    public Task SetRemoteDescriptionAsync(SessionDescription description, CancellationToken cancellationToken = default) => connection.SetRemoteDescriptionAsync(description, cancellationToken);

    public Task AddIceCandidateAsync(IceCandidate candidate, CancellationToken cancellationToken = default) => connection.AddIceCandidateAsync(candidate, cancellationToken);

    public void RestartIce() => connection.RestartIce();

    public void SetIceServers(IReadOnlyList<IceServer> servers) => connection.SetIceServers(servers);

    public IDataChannel CreateDataChannel(string label, DataChannelOptions? options = null) => connection.CreateDataChannel(label, options);

    public IAsyncEnumerable<IDataChannel> IncomingChannelsAsync(CancellationToken cancellationToken = default) => connection.IncomingChannelsAsync(cancellationToken);

    public async IAsyncEnumerable<PeerSignal> SignalsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var signal in connection.SignalsAsync(cancellationToken))
        {
            yield return signal is CandidateFound { Candidate: var candidate } ? new CandidateFound(candidate with { Candidate = Redirect(candidate.Candidate) }) : signal;
        }
    }

    public IAsyncEnumerable<PeerConnectionState> StateChangesAsync(CancellationToken cancellationToken = default) => connection.StateChangesAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        int[] ports;
        lock (_ports)
        {
            ports = [.. _ports];
        }

        foreach (var port in ports)
        {
            await network.CloseAsync(port);
        }
    }

    [GeneratedRegex("(?<=candidate:[^ \r]+ 1 udp [0-9]+ 127[.]0[.]0[.]1 )[0-9]+(?= typ host)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex HostPort();

    private SessionDescription Redirect(SessionDescription description) => description with { Sdp = Redirect(description.Sdp) };

    private string Redirect(string text) => HostPort().Replace(text, match =>
    {
        var port = int.Parse(match.ValueSpan);
        lock (_ports)
        {
            _ports.Add(port);
        }

        return network.DoorTo(host, port).ToString();
    });
}
