using System.Globalization;
using System.Text.Json;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Direct calls. Addresses to be called at are no longer given out, as the original's last versions did not, so that none is known.</summary>
internal sealed class CallsResource(
    ApiAuthentication authentication,
    CallBook calls,
    ILoopApiStorage storage,
    ILoopHttpIdentity identity,
    ILoopMediaProvider media,
    ChangeNotifier notifier,
    IOptions<LoopHttpApiOptions> options,
    TimeProvider time)
{
    private const int MaxCallees = 20;

    public async Task CallAsync(ApiCall call)
    {
        var (_, caller) = await authentication.RequireAccountAsync(call).ConfigureAwait(false);
        call.RequireJson();
        var body = await call.BodyAsync().ConfigureAwait(false);
        body.Require("calleeId", "callType");
        var (type, subject, channel) = Checked(body);
        var callees = await FindAsync(body, call.Aborted).ConfigureAwait(false);
        if (callees.Count == 0)
        {
            throw ApiErrors.UserUnavailable();
        }

        var id = CallBook.NewToken();
        var own = await JoinAsync(id, "caller", channel, call.Aborted).ConfigureAwait(false);
        var theirs = await JoinAsync(id, "callee", channel, call.Aborted).ConfigureAwait(false);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var terms = new CallTerms(id, caller, callees, type, subject, CallBook.NewToken(), CallBook.NewToken(), theirs, now);
        if (!calls.TryAdd(terms))
        {
            throw ApiErrors.TooManyRequests();
        }

        foreach (var callee in callees)
        {
            notifier.Notify(callee, PushTopics.Calls, now);
        }

        await call.AnswerAsync(StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("callId", id);
            Write(writer, call, terms.CallerToken, own);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    public async Task ListAsync(ApiCall call)
    {
        var session = await authentication.RequireAsync(call).ConfigureAwait(false);
        var text = call.Context.Request.Query["version"];
        if (text.Count == 0)
        {
            throw ApiErrors.Missing(["version"]);
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var version))
        {
            throw ApiErrors.Invalid("version should be a whole number");
        }

        // Versions that were pushed may be ahead of the clock, and say the second.
        var known = await storage.GetVersionAsync(session.User, call.Aborted).ConfigureAwait(false);
        var since = Math.Clamp(known?.SecondOf(version) ?? version, 0, RoomStorageLimits.MaxTime / 1000) * 1000;
        var found = calls.ListOf(session.User, since);
        await call.AnswerAsync(StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("calls");
            foreach (var one in found)
            {
                Write(writer, call, one.Terms);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    /// <summary>A call at an address, or what is said of one: there is none.</summary>
    public static Task UnknownUrlAsync(ApiCall call) => throw ApiErrors.NoRoom();

    public async Task OwnUnknownUrlAsync(ApiCall call)
    {
        await authentication.RequireAsync(call).ConfigureAwait(false);
        throw ApiErrors.NoRoom();
    }

    public async Task ListUrlsAsync(ApiCall call)
    {
        await authentication.RequireAsync(call).ConfigureAwait(false);
        await call.AnswerAllAsync(Array.Empty<string>(), static (_, _) => { }).ConfigureAwait(false);
    }

    public async Task NoLongerAsync(ApiCall call)
    {
        await authentication.RequireAsync(call).ConfigureAwait(false);
        throw ApiErrors.NotAllowed(ApiErrno.NoLongerSupported);
    }

    private (string Type, string? Subject, string? Channel) Checked(ApiBody body)
    {
        var type = body.Text("callType");
        var subject = body.Text("subject");
        var channel = body.Text("channel");
        RoomRecordGuard.Text(subject, options.Value.MaxSubject, "subject");
        RoomRecordGuard.Text(channel, RoomStorageLimits.MaxId, "channel");
        return type is "audio" or "audio-video" ? (type, subject, channel) : throw ApiErrors.Invalid("callType should be audio or audio-video");
    }

    // Those who can be woken. Who cannot is left out, and not named.
    private async ValueTask<IReadOnlyList<string>> FindAsync(ApiBody body, CancellationToken cancellationToken)
    {
        body.TryGet("calleeId", out var given);
        var callees = new List<string>();
        foreach (var callee in Callees(given))
        {
            if (await identity.FindAsync(callee, cancellationToken).ConfigureAwait(false) is { Length: > 0 and <= RoomStorageLimits.MaxId } account
                && !callees.Contains(account) && !LoopApiSessionRecord.IsAnonymous(account)
                && (await storage.ListUrlsAsync(account, PushTopics.Calls, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                callees.Add(account);
            }
        }

        return callees;
    }

    private static List<LoopCallee> Callees(JsonElement given)
    {
        List<JsonElement> all = given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray()] : [given];
        return all.Count > MaxCallees ? throw ApiErrors.Invalid($"calleeId should name at most {MaxCallees}") : all.ConvertAll(static one => one.ValueKind switch
        {
            JsonValueKind.String => new LoopCallee(Text(one).ToLowerInvariant()),
            JsonValueKind.Object when one.TryGetProperty("phoneNumber", out var number) && number.ValueKind == JsonValueKind.String =>
                new LoopCallee(Text(number), IsPhoneNumber: true, one.TryGetProperty("mcc", out var code) && code.ValueKind == JsonValueKind.String ? code.GetString() : null),
            _ => throw ApiErrors.Invalid("calleeId should be a name, or a list of names and telephone numbers"),
        });
    }

    private static string Text(JsonElement value)
    {
        var text = value.GetString()!;
        RoomRecordGuard.Text(text, RoomStorageLimits.MaxId, "calleeId");
        return text;
    }

    private ValueTask<LoopMediaSession> JoinAsync(string id, string party, string? channel, CancellationToken cancellationToken) =>
        media.JoinAsync(new LoopMediaJoin(id, $"{id}-{party}") { IsCall = true, Channel = channel }, cancellationToken);

    private void Write(Utf8JsonWriter writer, ApiCall call, CallTerms terms)
    {
        writer.WriteStartObject();
        writer.WriteString("callId", terms.Id);
        writer.WriteString("callType", terms.CallType);
        writer.WriteString("callerId", terms.Caller);
        Write(writer, call, terms.CalleeToken, terms.CalleeMedia);
        if (terms.Subject is { } subject)
        {
            writer.WriteString("subject", subject);
        }

        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, ApiCall call, string token, LoopMediaSession session)
    {
        writer.WriteString("websocketToken", token);
        writer.WriteString("sessionId", session.SessionId);
        writer.WriteString("sessionToken", session.SessionToken);
        writer.WriteString("apiKey", session.ApiKey);
        writer.WriteString("progressURL", ServiceAddress.OfSocket(call.Context.Request, options.Value));
    }
}
