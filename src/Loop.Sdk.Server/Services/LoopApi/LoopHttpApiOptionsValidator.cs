using Loop.Sdk.Server.Rooms;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

internal sealed class LoopHttpApiOptionsValidator(IOptions<RoomsOptions> rooms) : IValidateOptions<LoopHttpApiOptions>
{
    private const string TokenPlace = "{token}";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, LoopHttpApiOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        ValidateAddresses(options, failures);
        ValidateSessions(options, failures);
        ValidateCalls(options, failures);
        Check(options.MaxRoomSize, 1, rooms.Value.MaxParticipants, nameof(options.MaxRoomSize), failures);
        Check(options.DeletedLifetime, Minute, TimeSpan.FromDays(7), nameof(options.DeletedLifetime), failures);
        Check(options.MaxBody, 1024, 1024 * 1024, nameof(options.MaxBody), failures);
        Check(options.BodyTimeout, TimeSpan.FromSeconds(1), FiveMinutes, nameof(options.BodyTimeout), failures);
        Check(options.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.RetryAfter), failures);
        Check(options.PushTimeout, Moment, Minute, nameof(options.PushTimeout), failures);
        Check(options.MaxPushesAtOnce, 1, 1000, nameof(options.MaxPushesAtOnce), failures);
        Check(options.MaxWaitingPushes, 1, 1_000_000, nameof(options.MaxWaitingPushes), failures);
        return failures.Build();
    }

    private static void ValidateAddresses(LoopHttpApiOptions options, ValidateOptionsResultBuilder failures)
    {
        if (options.PublicOrigin is { } origin && !(origin.IsAbsoluteUri && origin.Scheme is "http" or "https" && origin.PathAndQuery == "/" && origin.UserInfo.Length == 0))
        {
            failures.AddError($"{origin} is no origin: a scheme, http or https, and a host, and nothing else.", nameof(options.PublicOrigin));
        }

        var example = options.RoomUrl.Replace(TokenPlace, "x", StringComparison.Ordinal);
        if (example == options.RoomUrl || !Uri.TryCreate(example, UriKind.Absolute, out var room) || room.Scheme is not ("http" or "https") || room.Fragment.Length > 0)
        {
            failures.AddError("The rooms' address is an http: or https: URL with {token} in it, and without a fragment.", nameof(options.RoomUrl));
        }

        foreach (var allowed in options.AllowedOrigins.Where(static allowed => !OriginPolicy.IsValid(allowed)))
        {
            failures.AddError($"«{allowed}» is not an origin: write a scheme and a host, and a port if it is not the scheme's own, without a path.", nameof(options.AllowedOrigins));
        }

        foreach (var server in options.PushServers.Where(static server => !server.IsAbsoluteUri || server.Scheme is not ("ws" or "wss")))
        {
            failures.AddError($"{server} is no address of a push server: ws: or wss:.", nameof(options.PushServers));
        }
    }

    private static void ValidateSessions(LoopHttpApiOptions options, ValidateOptionsResultBuilder failures)
    {
        Check(options.SessionLifetime, TimeSpan.FromHours(1), TimeSpan.FromDays(3650), nameof(options.SessionLifetime), failures);
        Check(options.MaxSessionsPerUser, 1, 10_000, nameof(options.MaxSessionsPerUser), failures);
        Check(options.ClockSkew, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.ClockSkew), failures);
        Check(options.MaxNoncesPerSession, 100, 10_000_000, nameof(options.MaxNoncesPerSession), failures);
        Check(options.MaxNonces, 1000, 100_000_000, nameof(options.MaxNonces), failures);
    }

    private static void ValidateCalls(LoopHttpApiOptions options, ValidateOptionsResultBuilder failures)
    {
        Check(options.SupervisoryTimeout, Moment, FiveMinutes, nameof(options.SupervisoryTimeout), failures);
        Check(options.RingingTimeout, Moment, FiveMinutes, nameof(options.RingingTimeout), failures);
        Check(options.ConnectionTimeout, Moment, FiveMinutes, nameof(options.ConnectionTimeout), failures);
        Check(options.CallLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.CallLifetime), failures);
        if (options.CallLifetime < options.SupervisoryTimeout + options.RingingTimeout + options.ConnectionTimeout)
        {
            failures.AddError("A call has to be remembered for as long as its three timers together.", nameof(options.CallLifetime));
        }

        Check(options.MaxSubject, 1, 4096, nameof(options.MaxSubject), failures);
        Check(options.MaxCalls, 1, 1_000_000, nameof(options.MaxCalls), failures);
        Check(options.MaxCallsPerCallee, 1, 1000, nameof(options.MaxCallsPerCallee), failures);
    }

    private static void Check<T>(T value, T least, T most, string name, ValidateOptionsResultBuilder failures)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            failures.AddError($"{value} is not between {least} and {most}.", name);
        }
    }
}
