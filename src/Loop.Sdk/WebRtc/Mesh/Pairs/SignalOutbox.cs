using System.Threading.Channels;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc;

/// <summary>The signals to one peer, in order. Whoever signals does not wait: the server may be gone, while the connection is not.</summary>
internal sealed class SignalOutbox : IAsyncDisposable
{
    private const int Capacity = 256;

    private readonly Channel<(PeerAddress To, PairSignal Signal)> _signals = Channel.CreateBounded<(PeerAddress, PairSignal)>(Capacity);
    private readonly CancellationTokenSource _stop;
    private readonly RoomSignaling _signaling;
    private readonly RoomsLog _log;
    private readonly Task _sending;

    public SignalOutbox(RoomSignaling signaling, RoomsLog log, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _signaling = signaling;
        _log = log;
        var token = _stop.Token;
        _sending = Task.Run(() => SendAsync(token), CancellationToken.None);
    }

    /// <summary>Sends a signal when those before are through.</summary>
    /// <returns>False if too many wait: none of them counts any more.</returns>
    public bool TryPost(PeerAddress to, PairSignal signal)
    {
        if (_signals.Writer.TryWrite((to, signal)))
        {
            return true;
        }

        Clear();
        return false;
    }

    /// <summary>Forgets what waits.</summary>
    public void Clear()
    {
        while (_signals.Reader.TryRead(out _))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _signals.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var (to, signal) in _signals.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await _signaling.TrySendAsync(to.Participation, to.Member, signal, cancellationToken).ConfigureAwait(false);
            }
            catch (LoopException error)
            {
                _log.SignallingFailed(error.Code);
            }
        }
    }
}
