using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>What the service says of itself.</summary>
internal sealed class ServiceResource(
    ApiAuthentication authentication,
    ILoopApiStorage storage,
    RoomsCore rooms,
    ILoopMediaProvider media,
    ILoopHttpIdentity identity,
    PushServers pushServers,
    IOptions<LoopHttpApiOptions> options)
{
    private const string Name = "Loop.Sdk";
    private const string SpecsVersion = "1.0";
    private const string DefaultLanguage = "en";
    private const int MaxLanguage = 35;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task HomeAsync(ApiCall call) => call.AnswerAsync(StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", Name);
        writer.WriteString("description", "Rooms by link, over HTTP");
        writer.WriteString("endpoint", ServiceAddress.Of(call.Context.Request, options.Value));
        writer.WriteBoolean("fakeTokBox", false);
        writer.WriteBoolean("fxaOAuth", false);
        writer.WriteStartObject("i18n");
        writer.WriteString("defaultLang", DefaultLanguage);
        if (LanguageOf(call.Context.Request.Headers.AcceptLanguage.ToString()) is { } language)
        {
            writer.WriteString("lang", language);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public async Task HeartbeatAsync(ApiCall call)
    {
        var stored = await TryAsync(async cancellationToken =>
        {
            await storage.GetVersionAsync(Name, cancellationToken).ConfigureAwait(false);
            await rooms.Storage.Rooms.GetEpochAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }, call.Aborted).ConfigureAwait(false);
        var provided = await TryAsync(media.IsHealthyAsync, call.Aborted).ConfigureAwait(false);
        var identified = await TryAsync(identity.IsHealthyAsync, call.Aborted).ConfigureAwait(false);
        var pushed = await TryAsync(pushServers.AreHealthyAsync, call.Aborted).ConfigureAwait(false);
        var isHealthy = stored && provided && identified && pushed;
        await call.AnswerAsync(isHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("storage", stored);
            writer.WriteBoolean("provider", provided);
            writer.WriteBoolean("push", pushed);
            writer.WriteBoolean("fxaVerifier", identified);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    public static Task LoadBalancerHeartbeatAsync(ApiCall call) => call.AnswerAsync(StatusCodes.Status200OK, static writer =>
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    });

    public Task PushServerAsync(ApiCall call) => pushServers.Pick() is not { } server ? throw ApiErrors.NotFound() : call.AnswerAsync(StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("pushServerURI", server.OriginalString);
        writer.WriteEndObject();
    });

    /// <summary>What a proxy in front of the original was to limit: one resource, which nobody may use any more.</summary>
    public static Task SpecsAsync(ApiCall call) => call.AnswerAsync(StatusCodes.Status200OK, static writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("service");
        writer.WriteString("version", SpecsVersion);
        writer.WriteStartObject("resources");
        writer.WriteStartObject("/call-url");
        writer.WriteStartObject("POST");
        writer.WriteStartObject("limits");
        writer.WriteStartArray("rates");
        writer.WriteStartObject();
        writer.WriteNumber("seconds", 60);
        writer.WriteNumber("hits", 60);
        writer.WriteString("match", "header:Authorization AND header:User-Agent");
        writer.WriteEndObject();
        writer.WriteEndArray();
        for (var depth = 0; depth < 6; depth++)
        {
            writer.WriteEndObject();
        }
    });

    public async Task EventAsync(ApiCall call)
    {
        var body = await call.BodyAsync().ConfigureAwait(false);
        body.Require("event", "action", "label");
        var (kind, action, label) = (body.Text("event")!, body.Text("action")!, body.Text("label")!);
        var session = await authentication.RequireAsync(call).ConfigureAwait(false);
        if (options.Value.Events is not { } events)
        {
            throw ApiErrors.NotAllowed(ApiErrno.Undefined);
        }

        await events(new LoopHttpEvent(session.User, kind, action, label), call.Aborted).ConfigureAwait(false);
        call.Answer(StatusCodes.Status204NoContent);
    }

    // The one that the client likes best, as it stands first.
    private static string? LanguageOf(string accepted) => accepted.Split(',', ';')[0].Trim() is var first && RequestCheck.IsVisible(first, 1, MaxLanguage) ? first : null;

    private static async ValueTask<bool> TryAsync(Func<CancellationToken, ValueTask<bool>> check, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await check(patience.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it is not well.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
