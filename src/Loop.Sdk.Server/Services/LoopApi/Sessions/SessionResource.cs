using System.Text.Json;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Sessions, and where changes are pushed to.</summary>
internal sealed class SessionResource(ApiAuthentication authentication, HawkSessions sessions, PushAddresses addresses, ILoopApiStorage storage, RoomsCore rooms, CallBook calls)
{
    private const int MaxRoomsAtOnce = RoomStorageLimits.MaxItems;

    public async Task RegisterAsync(ApiCall call)
    {
        call.RequireJson();
        var body = await call.BodyAsync().ConfigureAwait(false);
        var urls = UrlsOf(body, call.Context.Request.Query["simplePushURL"]);
        var session = await authentication.RequireOrCreateAsync(call).ConfigureAwait(false);
        if (urls.Count > 0 && !await addresses.SetAsync(session, urls, call.Aborted).ConfigureAwait(false))
        {
            throw ApiErrors.Hawk(StatusCodes.Status401Unauthorized, "Unknown credentials");
        }

        call.AnswerEmptyJson();
    }

    public async Task UnregisterAsync(ApiCall call)
    {
        var session = await authentication.RequireAsync(call).ConfigureAwait(false);
        await storage.ClearUrlsAsync(session.Id, call.Aborted).ConfigureAwait(false);
        call.Answer(StatusCodes.Status204NoContent);
    }

    public async Task EndAsync(ApiCall call)
    {
        var (session, _) = await authentication.RequireAccountAsync(call).ConfigureAwait(false);
        await sessions.EndAsync(session, call.Aborted).ConfigureAwait(false);
        call.Answer(StatusCodes.Status204NoContent);
    }

    /// <summary>Everything of the user goes: rooms with their contexts, calls, and all sessions.</summary>
    public async Task DeleteAccountAsync(ApiCall call)
    {
        var session = await authentication.RequireAsync(call).ConfigureAwait(false);
        await DeleteRoomsAsync(session.User, call.Aborted).ConfigureAwait(false);
        calls.RemoveOf(session.User);
        await sessions.EndUserAsync(session.User, call.Aborted).ConfigureAwait(false);
        call.Answer(StatusCodes.Status204NoContent);
    }

    private async Task DeleteRoomsAsync(string user, CancellationToken cancellationToken)
    {
        var list = await rooms.Storage.Rooms.ListAsync(user, 0, MaxRoomsAtOnce, cancellationToken).ConfigureAwait(false);
        foreach (var tokens in list.Items.Select(static change => change.Token).Chunk(MaxRoomsAtOnce))
        {
            await rooms.DeleteAsync(user, tokens, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Dictionary<string, string> UrlsOf(ApiBody body, string? query)
    {
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        if (body.TryGet("simplePushURLs", out var given))
        {
            if (given.ValueKind != JsonValueKind.Object)
            {
                throw ApiErrors.Invalid("simplePushURLs should be an object");
            }

            foreach (var topic in given.EnumerateObject())
            {
                if (topic.Name is not (PushTopics.Calls or PushTopics.Rooms) || topic.Value.ValueKind != JsonValueKind.String)
                {
                    throw ApiErrors.Invalid("simplePushURLs should have the members calls and rooms, which are URLs");
                }

                urls[topic.Name] = Checked(topic.Value.GetString()!);
            }
        }

        if ((body.Text("simplePushURL") ?? body.Text("simple_push_url") ?? query) is { } single)
        {
            urls[PushTopics.Calls] = Checked(single);
        }

        return urls;
    }

    private static string Checked(string url) =>
        url.Length <= PushStorageLimits.MaxUrl && url.StartsWith("http", StringComparison.Ordinal) && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && parsed.Scheme is "http" or "https" && parsed.UserInfo.Length == 0
            ? parsed.AbsoluteUri
            : throw ApiErrors.Invalid("simplePushURLs should be valid URLs");
}
