using System.Buffers;
using System.Threading.Channels;
using Loop.Sdk.Server.Rooms;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>One end of a relay: what is on its way to it, which is little, since the other end waits while it is not taken.</summary>
internal sealed class RelayEnd(RelayKey key, Participation participation)
{
    private const int Capacity = 4;

    private readonly Channel<(byte[] Buffer, int Length)> _frames = Channel.CreateBounded<(byte[], int)>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource<RelayEnd> _peer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RelayKey Key => key;

    public Participation Participation => participation;

    public Task<RelayEnd> Peer => _peer.Task;

    public ChannelReader<(byte[] Buffer, int Length)> Frames => _frames.Reader;

    public void Join(RelayEnd peer) => _peer.TrySetResult(peer);

    /// <summary>Brings a frame to this end; waits while others wait there.</summary>
    public async ValueTask BringAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(buffer);
        try
        {
            await _frames.Writer.WriteAsync((buffer, frame.Length), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete(Exception? error = null) => _frames.Writer.TryComplete(error);
}
