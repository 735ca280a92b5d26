using System.Runtime.CompilerServices;
using Loop.Sdk.Rooms;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing.Tests.WebRtc.Hostile;

/// <summary>The real server's signalling, told otherwise where a test says so.</summary>
internal sealed class LyingPeers(IPeerSignaling real) : IPeerSignaling
{
    /// <summary>What the receiver is given instead of a signal.</summary>
    public Func<DeliveredSignal, IEnumerable<DeliveredSignal>> Signals { get; set; } = static signal => [signal];

    /// <summary>What the receiver is given instead of a relay's frame.</summary>
    public Func<OpenRelay, ReadOnlyMemory<byte>, IEnumerable<ReadOnlyMemory<byte>>> Frames { get; set; } = static (_, frame) => [frame];

    public Task SendAsync(AddressedSignal signal, CancellationToken cancellationToken = default) => real.SendAsync(signal, cancellationToken);

    public async IAsyncEnumerable<DeliveredSignal> ReceiveAsync(RoomRef room, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var signal in real.ReceiveAsync(room, cancellationToken))
        {
            foreach (var told in signal.Kind == SignalDelivery.Signal ? Signals(signal) : [signal])
            {
                yield return told;
            }
        }
    }

    public Task<IceServerList> IceServersAsync(RoomRef room, CancellationToken cancellationToken = default) => real.IceServersAsync(room, cancellationToken);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> RelayAsync(
        OpenRelay relay, IAsyncEnumerable<ReadOnlyMemory<byte>> frames, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var frame in real.RelayAsync(relay, frames, cancellationToken))
        {
            foreach (var told in frame.IsEmpty ? [frame] : Frames(relay, frame.ToArray()))
            {
                yield return told;
            }
        }
    }
}
