using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.UserAgent;

internal sealed class UserAgentOptionsValidator : IValidateOptions<UserAgentOptions>
{
    private const int Million = 1_000_000;

    public ValidateOptionsResult Validate(string? name, UserAgentOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        Check(options.MaxText, 1024, UserAgentChecks.MaxText, nameof(options.MaxText), failures);
        Check(options.MaxOpenSessions, 1, Million, nameof(options.MaxOpenSessions), failures);
        Check(options.MaxStars, 1, Million, nameof(options.MaxStars), failures);
        Check(options.HistoryWindow, 1, 10_000, nameof(options.HistoryWindow), failures);
        Check(options.TopSitesWindow, 1, UserAgentChecks.MaxLimit, nameof(options.TopSitesWindow), failures);
        Check(options.MaxCatchUp, 1, 100_000, nameof(options.MaxCatchUp), failures);
        Check(options.KeyLifetime, TimeSpan.FromDays(1), TimeSpan.FromDays(30), nameof(options.KeyLifetime), failures);
        Check(options.SweepInterval, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), nameof(options.SweepInterval), failures);
        Check(options.BodyTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), nameof(options.BodyTimeout), failures);
        Check(options.MaxLegacySockets, 1, 10_000, nameof(options.MaxLegacySockets), failures);
        Check(options.MaxImport, 1024, 16L << 30, nameof(options.MaxImport), failures);
        return failures.Build();
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
