using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Loop.Sdk.WebRtc.Mesh.Harness;

/// <summary>A way whose other end is the test: pieces on the bulk lane are sent one at a time, as the test lets them.</summary>
internal sealed class HeldTransport : ILinkTransport
{
    private readonly SemaphoreSlim _permits = new(0);
    private readonly Channel<byte[]> _begun = Channel.CreateUnbounded<byte[]>();

    public MeshPath Path => MeshPath.Direct;

    public bool IsHealthy => true;

    /// <summary>Waits until a piece is about to be sent.</summary>
    public async Task<byte[]> NextAsync() => await _begun.Reader.ReadAsync();

    /// <summary>Lets one piece go.</summary>
    public void Let() => _permits.Release();

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask SendAsync(Lane lane, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        if (lane == Lane.Bulk)
        {
            _begun.Writer.TryWrite(frame.ToArray());
            await _permits.WaitAsync(cancellationToken);
        }
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAsync(Lane lane, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (lane == Lane.Control)
        {
            yield return LinkFrame.Resume(0, 1, 0);
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _permits.Dispose();
        return ValueTask.CompletedTask;
    }
}
