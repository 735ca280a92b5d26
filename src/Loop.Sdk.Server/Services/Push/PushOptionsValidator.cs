using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Push;

internal sealed class PushOptionsValidator : IValidateOptions<PushOptions>
{
    private static readonly TimeSpan LongTime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public ValidateOptionsResult Validate(string? name, PushOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        if (options.PublicOrigin is { } origin && !IsOrigin(origin))
        {
            failures.AddError($"{origin} is no origin: a scheme, http or https, and a host, and nothing else.", nameof(options.PublicOrigin));
        }

        Check(options.MaxBody, 4096, 65_536, nameof(options.MaxBody), failures);
        Check(options.MaxTimeToLive, TimeSpan.FromMinutes(1), Year, nameof(options.MaxTimeToLive), failures);
        Check(options.AgentLifetime, TimeSpan.FromDays(1), LongTime, nameof(options.AgentLifetime), failures);
        Check(options.GoneLifetime, TimeSpan.FromHours(1), LongTime, nameof(options.GoneLifetime), failures);
        Check(options.MaxAgents, 1, 10_000, nameof(options.MaxAgents), failures);
        Check(options.MaxSubscriptions, 1, 100_000, nameof(options.MaxSubscriptions), failures);
        Check(options.MaxSubscriptionMessages, 1, int.MaxValue, nameof(options.MaxSubscriptionMessages), failures);
        Check(options.MaxSubscriptionBytes, 4096, long.MaxValue, nameof(options.MaxSubscriptionBytes), failures);
        Check(options.MaxAccountMessages, 1, int.MaxValue, nameof(options.MaxAccountMessages), failures);
        Check(options.MaxAccountBytes, 4096, long.MaxValue, nameof(options.MaxAccountBytes), failures);
        Check(options.MaxUnacknowledged, 1, 10_000, nameof(options.MaxUnacknowledged), failures);
        Check(options.BodyTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), nameof(options.BodyTimeout), failures);
        Check(options.ReceiptLifetime, TimeSpan.FromMinutes(1), Year, nameof(options.ReceiptLifetime), failures);
        Check(options.ReceiptWait, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.ReceiptWait), failures);
        Check(options.SweepInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(options.SweepInterval), failures);
        if (options.EndpointRate is { } rate && !(rate.PerSecond is >= 0.001 and <= 1e9 && rate.Burst >= 1))
        {
            failures.AddError("The rate is not between 0.001 and 1 000 000 000 a second, or its burst is less than 1.", nameof(options.EndpointRate));
        }

        return failures.Build();
    }

    internal static bool IsOrigin(Uri uri) => uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0 && uri.Host.Length > 0;

    internal static void Check<T>(T value, T least, T most, string name, ValidateOptionsResultBuilder failures)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            failures.AddError($"{value} is not between {least} and {most}.", name);
        }
    }
}
