namespace Loop.Bench.Load.Client;

/// <summary>A connection whose bytes are counted as they come from the server.</summary>
internal sealed class CountedStream(Stream inner, Action<int> received) : WrappedStream(inner)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await base.ReadAsync(buffer, cancellationToken);
        received(count);
        return count;
    }
}
