using System.Buffers;

namespace Loop.Sdk.Server.UserAgent;

internal static class BoundedCopy
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Copies a stream to its end.</summary>
    /// <returns>How many bytes it had.</returns>
    /// <exception cref="LoopException"><c>content_too_large</c>: it has more than it may.</exception>
    public static async Task<long> RunAsync(Stream source, Stream target, long most, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var total = 0L;
            while (await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                total += read;
                if (total > most)
                {
                    throw ImportErrors.TooLarge("The file is larger than may be imported.");
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
