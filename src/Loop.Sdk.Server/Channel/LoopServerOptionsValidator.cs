using Loop.Sdk.Frames;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server;

internal sealed class LoopServerOptionsValidator : IValidateOptions<LoopServerOptions>
{
    private const int KiB = 1024;
    private const int MiB = 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, LoopServerOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        ValidateTimes(options, failures);
        ValidateLimits(options.Limits, failures);
        ValidateRates(options.RateLimits, failures);
        foreach (var origin in options.AllowedOrigins)
        {
            if (!OriginPolicy.IsValid(origin))
            {
                failures.AddError($"«{origin}» is not an origin: write a scheme and a host, and a port if it is not the scheme's own, without a path.", nameof(options.AllowedOrigins));
            }
        }

        return failures.Build();
    }

    private static void ValidateTimes(LoopServerOptions options, ValidateOptionsResultBuilder failures)
    {
        Check(options.HelloTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), nameof(options.HelloTimeout), failures);
        Check(options.KeepAlive, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.KeepAlive), failures);
        Check(options.PongTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), nameof(options.PongTimeout), failures);
        Check(options.ResumeWindow, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.ResumeWindow), failures);
        Check(options.ExpiryWarning, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.ExpiryWarning), failures);
        Check(options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.DrainTimeout), failures);
        Check(options.DrainSpread, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.DrainSpread), failures);
    }

    private static void ValidateLimits(LoopServerLimits limits, ValidateOptionsResultBuilder failures)
    {
        Check(limits.StreamWindow, FrameLimits.MinWindow, 16 * MiB, nameof(limits.StreamWindow), failures);
        Check(limits.MaxStreamWindow, limits.StreamWindow, 64 * MiB, nameof(limits.MaxStreamWindow), failures);
        Check(limits.SessionWindow, limits.StreamWindow, 256 * MiB, nameof(limits.SessionWindow), failures);
        Check(limits.MaxMessage, 1, 256 * MiB, nameof(limits.MaxMessage), failures);
        Check(limits.MaxStreams, 1, 1_000_000, nameof(limits.MaxStreams), failures);
        Check(limits.AckBytes, KiB, MiB, nameof(limits.AckBytes), failures);
        Check(limits.MaxAssembly, limits.MaxMessage, 1024 * MiB, nameof(limits.MaxAssembly), failures);
        Check(limits.MaxReplay, 256 * KiB, 1024L * MiB, nameof(limits.MaxReplay), failures);
        Check(limits.MaxQueued, 16 * KiB, 64 * MiB, nameof(limits.MaxQueued), failures);
        Check(limits.MaxSessions, 1, int.MaxValue, nameof(limits.MaxSessions), failures);
        Check(limits.MaxSessionsPerPrincipal, 1, int.MaxValue, nameof(limits.MaxSessionsPerPrincipal), failures);
    }

    private static void ValidateRates(LoopServerRateLimits limits, ValidateOptionsResultBuilder failures)
    {
        Check(limits.SessionCalls, nameof(limits.SessionCalls), failures);
        Check(limits.AddressCalls, nameof(limits.AddressCalls), failures);
        Check(limits.AddressConnections, nameof(limits.AddressConnections), failures);
    }

    private static void Check(RateLimit? limit, string name, ValidateOptionsResultBuilder failures)
    {
        if (limit is not null && (limit.PerSecond is not (>= 0.001 and <= 1e9) || limit.Burst < 1))
        {
            failures.AddError("A rate limit allows 0.001 to 1 000 000 000 a second and a burst of at least 1.", name);
        }
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
