using System.Runtime.CompilerServices;
using Loop.Sdk.Rooms;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing.Tests.WebRtc;

/// <summary>The real server's signalling, whose signals are on their way for as long as a test wants.</summary>
internal sealed class HeldPeers(IPeerSignaling real) : IPeerSignaling
{
    private readonly TaskCompletionSource _arrived = NewSource();
    private readonly TaskCompletionSource _let = NewSource();
    private readonly TaskCompletionSource _taken = NewSource();
    private readonly TaskCompletionSource _ended = NewSource();
    private volatile bool _holds;

    /// <summary>From now on signals do not arrive.</summary>
    public void Hold() => _holds = true;

    /// <summary>Completes when a signal is held. Those after it wait behind it.</summary>
    public Task Arrived => _arrived.Task;

    /// <summary>Lets the first one arrive, until the receiver is through with it.</summary>
    public Task LetOneAsync()
    {
        _let.SetResult();
        return _taken.Task;
    }

    /// <summary>Holds nothing any more.</summary>
    public void End() => _ended.SetResult();

    public Task SendAsync(AddressedSignal signal, CancellationToken cancellationToken = default) => real.SendAsync(signal, cancellationToken);

    public async IAsyncEnumerable<DeliveredSignal> ReceiveAsync(RoomRef room, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var signal in real.ReceiveAsync(room, cancellationToken))
        {
            if (!_holds)
            {
                yield return signal;
                continue;
            }

            _arrived.TrySetResult();
            await _let.Task.WaitAsync(cancellationToken);
            yield return signal;
            _taken.TrySetResult();
            await _ended.Task.WaitAsync(cancellationToken);
        }
    }

    public Task<IceServerList> IceServersAsync(RoomRef room, CancellationToken cancellationToken = default) => real.IceServersAsync(room, cancellationToken);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> RelayAsync(OpenRelay relay, IAsyncEnumerable<ReadOnlyMemory<byte>> frames, CancellationToken cancellationToken = default) =>
        real.RelayAsync(relay, frames, cancellationToken);

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
