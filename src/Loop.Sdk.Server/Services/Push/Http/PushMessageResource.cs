using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.Push;

/// <summary>A message as its sender sees it: there until it is delivered, and until then they may take it back.</summary>
internal sealed class PushMessageResource(PushCore core)
{
    public async Task HandleAsync(HttpContext context, string id)
    {
        if (!PushId.IsId(id))
        {
            throw new PushRefusedException(PushProblem.BadRequest(null, "The message's id is malformed."));
        }

        var isDelete = HttpMethods.IsDelete(context.Request.Method);
        var isThere = isDelete
            ? await core.CancelAsync(id, CancellationToken.None).ConfigureAwait(false)
            : await core.Storage.Messages.ExistsAsync(id, core.Now, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = isThere
            ? isDelete ? StatusCodes.Status204NoContent : StatusCodes.Status200OK
            : throw new PushRefusedException(new PushProblem(StatusCodes.Status404NotFound, null, "No such message waits: it was delivered, has expired, or was taken back."));
    }
}
