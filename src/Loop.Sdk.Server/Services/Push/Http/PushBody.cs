using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.Push;

/// <summary>Reads bodies of at most so many bytes, within a time.</summary>
internal static class PushBody
{
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int most, TimeSpan timeout, TimeProvider time)
    {
        var length = context.Request.ContentLength;
        if (length > most)
        {
            throw new PushRefusedException(PushProblem.TooLarge((int)Math.Min(length.Value, int.MaxValue), most));
        }

        if (length == 0)
        {
            return default;
        }

        using var slow = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, context.RequestAborted);
        var buffer = ArrayPool<byte>.Shared.Rent((int)(length ?? most) + 1);
        try
        {
            var read = await context.Request.Body.ReadAtLeastAsync(buffer.AsMemory(0, (int)(length ?? most) + 1), (int)(length ?? most) + 1, throwOnEndOfStream: false, either.Token)
                .ConfigureAwait(false);
            return read <= most ? buffer.AsSpan(0, read).ToArray() : throw new PushRefusedException(PushProblem.TooLarge(0, most));
        }
        catch (OperationCanceledException) when (slow.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            throw new PushRefusedException(PushProblem.TooSlow());
        }
        catch (BadHttpRequestException refused)
        {
            throw new PushRefusedException(new PushProblem(refused.StatusCode, null, "The body could not be read."));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
