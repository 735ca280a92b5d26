using System.Text;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Finds out who asks. Which resource takes which credentials, the resources say.</summary>
internal sealed class ApiAuthentication(HawkGate hawk, HawkSessions sessions, ILoopHttpIdentity identity, RoomsCore rooms, LoopServer server, LoopApiMetrics metrics, LoopApiLog log)
{
    private const string HawkScheme = "hawk";
    private const string BasicScheme = "basic";
    private const int MaxBasic = 2048;

    /// <summary>The session of a request that has to have one.</summary>
    public ValueTask<HawkSession> RequireAsync(ApiCall call)
    {
        var (scheme, value) = call.Authorization;
        return scheme == HawkScheme ? hawk.CheckAsync(call, value) : throw ApiErrors.Hawk(StatusCodes.Status401Unauthorized, message: null);
    }

    /// <summary>The same, for those who need an account.</summary>
    public async ValueTask<(HawkSession Session, string Account)> RequireAccountAsync(ApiCall call)
    {
        var session = await RequireAsync(call).ConfigureAwait(false);
        return session.Account is { } account ? (session, account) : throw ApiErrors.AccountRequired();
    }

    /// <summary>The session of a request; a new one for somebody who has credentials of the host, or none. The token of a new one is told in a header.</summary>
    public async ValueTask<HawkSession> RequireOrCreateAsync(ApiCall call)
    {
        var (scheme, value) = call.Authorization;
        switch (scheme)
        {
            case HawkScheme:
                return await hawk.CheckAsync(call, value).ConfigureAwait(false);
            case "":
                return await CreateAsync(call, account: null).ConfigureAwait(false);
            case "bearer" or "browserid":
                Limit(call);
                var account = value.Length == 0 ? null : await identity.IdentifyAsync(new Credentials(scheme, value), call.Aborted).ConfigureAwait(false);
                return account is { Length: > 0 and <= RoomStorageLimits.MaxId } && !LoopApiSessionRecord.IsAnonymous(account) && GuestRecord.IdOf(account) is null
                    ? await CreateAsync(call, account, isLimited: true).ConfigureAwait(false)
                    : throw ApiErrors.Unauthorized($"{(scheme == "bearer" ? "Bearer" : "BrowserID")} error=\"Invalid credentials\"");
            default:
                throw ApiErrors.Unauthorized("BrowserID,Bearer,Hawk error=\"Unsupported\"");
        }
    }

    /// <summary>Who asks about a room: a session, a guest who joined it, or nobody in particular.</summary>
    public async ValueTask<RoomCaller> IdentifyAsync(ApiCall call, string room)
    {
        var (scheme, value) = call.Authorization;
        return scheme switch
        {
            "" => RoomCaller.Anonymous,
            HawkScheme => RoomCaller.Of(await hawk.CheckAsync(call, value).ConfigureAwait(false)),
            BasicScheme => await FindGuestAsync(room, TokenOf(value), call.Aborted).ConfigureAwait(false),
            _ => throw ApiErrors.Unauthorized("Basic,Hawk error=\"Unsupported\""),
        };
    }

    private async ValueTask<HawkSession> CreateAsync(ApiCall call, string? account, bool isLimited = false)
    {
        if (!isLimited)
        {
            Limit(call);
        }

        var (token, session) = await sessions.CreateAsync(account, call.Aborted).ConfigureAwait(false);
        call.Context.Response.Headers["Hawk-Session-Token"] = token;
        call.Context.Response.Headers.AccessControlExposeHeaders = "Hawk-Session-Token";
        call.Context.Response.Headers.CacheControl = "no-store";
        metrics.Began(account is not null);
        log.SessionBegan(session.Id);
        return session;
    }

    private void Limit(ApiCall call)
    {
        if (!server.RateLimiter.TryConnect(call.Context.Connection.RemoteIpAddress))
        {
            throw ApiErrors.TooManyRequests();
        }
    }

    // The password is empty, and old clients leave out its colon too.
    private static string TokenOf(string value)
    {
        Span<byte> bytes = stackalloc byte[MaxBasic];
        var token = Convert.TryFromBase64String(value, bytes, out var length) ? Encoding.UTF8.GetString(bytes[..length]) : "";
        return token.EndsWith(':') ? token[..^1] : token;
    }

    private async ValueTask<RoomCaller> FindGuestAsync(string room, string token, CancellationToken cancellationToken) =>
        token.Length > 0 && await RoomGuests.FindAsync(rooms, room, token, cancellationToken).ConfigureAwait(false) is { } guest
            ? RoomCaller.Of(guest, token)
            : throw ApiErrors.Unauthorized("Basic error=\"Invalid token; it may have expired.\"");
}
