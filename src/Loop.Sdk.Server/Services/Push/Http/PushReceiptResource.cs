using System.Globalization;
using System.Text.Json;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.Push;

/// <summary>
/// A receipt subscription. Its reader gets what is there, or waits; what they have they name in <c>after</c> (or <c>Last-Event-ID</c>) the next time, and only then it is forgotten: so
/// no receipt is lost with a connection.
/// </summary>
internal sealed class PushReceiptResource(PushCore core)
{
    private const int PageSize = 100;

    private static readonly TimeSpan StreamKeepAlive = TimeSpan.FromSeconds(30);

    public Task HandleAsync(HttpContext context, string id) =>
        !PushId.IsId(id) ? throw NotFound()
        : HttpMethods.IsDelete(context.Request.Method) ? RemoveAsync(context, id)
        : context.Request.Headers.Accept.Any(static accept => accept?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true) ? StreamAsync(context, id)
        : PollAsync(context, id);

    private async Task RemoveAsync(HttpContext context, string id)
    {
        context.Response.StatusCode = await core.Storage.Receipts.RemoveAsync(id, CancellationToken.None).ConfigureAwait(false) ? StatusCodes.Status204NoContent : throw NotFound();
        core.Receipts.Signal([id]);
    }

    private async Task PollAsync(HttpContext context, string id)
    {
        var after = AfterOf(context.Request.Query["after"].ToString());
        using var patience = new CancellationTokenSource(WaitOf(context.Request), core.Time);
        var reader = core.Receipts.Enter(id);
        try
        {
            while (true)
            {
                var change = reader.Change;
                var receipts = await core.Storage.Receipts.ReadAsync(id, after, PageSize, core.Now, context.RequestAborted).ConfigureAwait(false) ?? throw NotFound();
                if (receipts.Count > 0)
                {
                    context.Response.ContentType = "application/json";
                    await JsonSerializer.SerializeAsync(context.Response.Body, new PushReceiptsView([.. receipts.Select(View)]), PushHttpJson.Default.PushReceiptsView, context.RequestAborted)
                        .ConfigureAwait(false);
                    return;
                }

                if (reader.IsReplaced || !await WaitAsync(change, patience.Token, context.RequestAborted).ConfigureAwait(false))
                {
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    return;
                }
            }
        }
        finally
        {
            core.Receipts.Leave(id, reader);
        }
    }

    private async Task StreamAsync(HttpContext context, string id)
    {
        var after = AfterOf(context.Request.Headers["Last-Event-ID"].ToString());
        var response = context.Response;
        var reader = core.Receipts.Enter(id);
        try
        {
            for (var shown = after; !reader.IsReplaced;)
            {
                var change = reader.Change;
                var receipts = await core.Storage.Receipts.ReadAsync(id, after, PageSize, core.Now, context.RequestAborted).ConfigureAwait(false);
                if (receipts is null)
                {
                    if (!response.HasStarted)
                    {
                        throw NotFound();
                    }

                    break;
                }

                response.ContentType = "text/event-stream";
                response.Headers.CacheControl = "no-store";
                foreach (var receipt in receipts.Where(receipt => receipt.Sequence > shown))
                {
                    shown = receipt.Sequence;
                    await response.WriteAsync(EventOf(receipt), context.RequestAborted).ConfigureAwait(false);
                }

                await response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);

                // A full page of what was written hides what follows.
                after = receipts.Count == PageSize ? shown : after;
                if (receipts.Count < PageSize)
                {
                    await KeepAliveAsync(response, change, context.RequestAborted).ConfigureAwait(false);
                }
            }

            await response.WriteAsync("event: gone\ndata: {}\n\n", context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader has gone.
        }
        finally
        {
            core.Receipts.Leave(id, reader);
        }
    }

    private async Task KeepAliveAsync(HttpResponse response, Task change, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var patience = new CancellationTokenSource(StreamKeepAlive, core.Time);
            if (await WaitAsync(change, patience.Token, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            await response.WriteAsync(": alive\n\n", cancellationToken).ConfigureAwait(false);
            await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for a change; false if patience ends first.</summary>
    private static async Task<bool> WaitAsync(Task change, CancellationToken patience, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience, cancellationToken);
        try
        {
            await change.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private TimeSpan WaitOf(HttpRequest request)
    {
        var wait = request.Headers["Prefer"].SelectMany(static value => (value ?? "").Split(',')).Select(static value => value.Trim())
            .FirstOrDefault(static value => value.StartsWith("wait=", StringComparison.OrdinalIgnoreCase));
        return wait is not null && int.TryParse(wait.AsSpan("wait=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && TimeSpan.FromSeconds(seconds) < core.Options.ReceiptWait ? TimeSpan.FromSeconds(seconds) : core.Options.ReceiptWait;
    }

    private static long AfterOf(string text) => text.Length == 0 ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after
        : throw new PushRefusedException(PushProblem.BadRequest(null, "The place after which to go on is no number."));

    private PushReceiptView View(PushReceiptRecord receipt) => PushReceiptView.Of(receipt, core.Addresses);

    private string EventOf(PushReceiptRecord receipt) => string.Create(
        CultureInfo.InvariantCulture, $"id: {receipt.Sequence}\ndata: {JsonSerializer.Serialize(View(receipt), PushHttpJson.Default.PushReceiptView)}\n\n");

    private static PushRefusedException NotFound() => new(new PushProblem(StatusCodes.Status404NotFound, null, "There is no such receipt subscription, or it has expired."));
}
