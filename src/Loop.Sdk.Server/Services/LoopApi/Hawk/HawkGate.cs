using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Finds out which session a signed request is of. Checked in this order: the header, the session, the signature, the time, the body, whether it came before.</summary>
internal sealed class HawkGate(HawkSessions sessions, IOptions<LoopHttpApiOptions> settings, TimeProvider time)
{
    private const string Scheme = "Hawk";
    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    public HawkNonces Nonces { get; } = new((int)settings.Value.ClockSkew.TotalSeconds, settings.Value.MaxNoncesPerSession, settings.Value.MaxNonces);

    /// <summary>Checks a request that says that it is signed.</summary>
    /// <param name="call">The request.</param>
    /// <param name="attributes">What stands after the scheme.</param>
    /// <exception cref="ApiException">It is not what it says.</exception>
    public async ValueTask<HawkSession> CheckAsync(ApiCall call, string attributes)
    {
        if (!HawkHeader.TryParse(attributes, out var header, out var error))
        {
            throw ApiErrors.Hawk(StatusCodes.Status400BadRequest, error);
        }

        var target = TargetOf(call.Context.Request);
        var (session, macs) = await FindAsync(header, target, call.Aborted).ConfigureAwait(false);
        if (!HawkMac.AreEqual(macs.Request, header.Mac))
        {
            throw ApiErrors.Hawk(StatusCodes.Status401Unauthorized, "Bad mac");
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        CheckTime(session, header, now);
        if (header.Hash is { } hash && !HawkMac.AreEqual(HawkMac.OfPayload(call.Context.Request.ContentType, (await call.ReadAsync().ConfigureAwait(false)).Span), hash))
        {
            throw ApiErrors.Hawk(StatusCodes.Status401Unauthorized, "Bad payload hash");
        }

        switch (Nonces.Add(session.Id, header, now))
        {
            case HawkNonceOutcome.Known:
                throw ApiErrors.Hawk(StatusCodes.Status401Unauthorized, "Invalid nonce");
            case HawkNonceOutcome.TooManyOfSession:
                throw ApiErrors.TooManyRequests();
            case HawkNonceOutcome.TooMany:
                throw ApiErrors.Unavailable();
        }

        call.Context.Response.Headers["Server-Authorization"] = $"{Scheme} mac=\"{macs.Response}\"";
        await sessions.ProlongAsync(session, call.Aborted).ConfigureAwait(false);
        return session;
    }

    private async ValueTask<(HawkSession Session, (string Request, string Response) Macs)> FindAsync(HawkHeader header, HawkTarget target, CancellationToken cancellationToken)
    {
        while (await sessions.FindAsync(header.Id, cancellationToken).ConfigureAwait(false) is { } session)
        {
            // Its key may have been overwritten in between, which does not mean that it was ended.
            if (session.Key.Sign(header, target) is { } macs)
            {
                return (session, macs);
            }
        }

        throw ApiErrors.Hawk(StatusCodes.Status401Unauthorized, "Unknown credentials");
    }

    private void CheckTime(HawkSession session, HawkHeader header, long now)
    {
        if (Math.Abs(header.Second - now) > settings.Value.ClockSkew.TotalSeconds)
        {
            const string Error = "Stale timestamp";
            var challenge = string.Create(CultureInfo.InvariantCulture, $"{Scheme} ts=\"{now}\", tsm=\"{session.Key.Sign(now)}\", error=\"{Error}\"");
            throw ApiErrors.Hawk(StatusCodes.Status401Unauthorized, Error, challenge);
        }
    }

    private HawkTarget TargetOf(HttpRequest request)
    {
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var resource = raw is ['/', ..] ? raw : $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}";
        var port = settings.Value.PublicOrigin?.Port ?? request.Host.Port ?? (request.IsHttps ? HttpsPort : HttpPort);
        return new(request.Method.ToUpperInvariant(), resource, request.Host.Host.ToLowerInvariant(), port);
    }
}
