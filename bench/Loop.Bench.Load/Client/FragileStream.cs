namespace Loop.Bench.Load.Client;

/// <summary>A connection that can die as one does whose other end lost its power: from then on nothing is read from it or written to it, and neither fails.</summary>
internal sealed class FragileStream(Stream inner, Task frozen) : WrappedStream(inner)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (frozen.IsCompleted)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return await base.ReadAsync(buffer, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        frozen.IsCompleted ? ValueTask.CompletedTask : base.WriteAsync(buffer, cancellationToken);
}
