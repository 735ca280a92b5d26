using Microsoft.Extensions.Options;

namespace Loop.Sdk.Presence;

internal sealed class PresenceClientOptionsValidator : IValidateOptions<PresenceClientOptions>
{
    private const int MostWaiting = 100_000;
    private const int MostRemembered = 1_000_000;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    // The most that a timer can wait for.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public static PresenceClientOptionsValidator Instance { get; } = new();

    public static void Check(PresenceClientOptions options)
    {
        var result = Instance.Validate(null, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(PresenceClientOptions), result.Failures);
        }
    }

    public ValidateOptionsResult Validate(string? name, PresenceClientOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        if (!IsIdle(options.AwayAfter))
        {
            failures.AddError("It is neither 1 s to 24 days nor infinite.", nameof(options.AwayAfter));
        }

        if (!IsIdle(options.UnavailableAfter) || !IsLater(options.UnavailableAfter, options.AwayAfter))
        {
            failures.AddError($"It is neither infinite nor more than {nameof(options.AwayAfter)} and up to 24 days.", nameof(options.UnavailableAfter));
        }

        if (options.MaxWaitingNotifications is < 1 or > MostWaiting)
        {
            failures.AddError($"It is not between 1 and {MostWaiting}.", nameof(options.MaxWaitingNotifications));
        }

        if (options.RememberedNotifications is < 0 or > MostRemembered)
        {
            failures.AddError($"It is not between 0 and {MostRemembered}.", nameof(options.RememberedNotifications));
        }

        return failures.Build();
    }

    private static bool IsIdle(TimeSpan time) => time == Timeout.InfiniteTimeSpan || (time >= Shortest && time <= Longest);

    private static bool IsLater(TimeSpan time, TimeSpan than) => time == Timeout.InfiniteTimeSpan || than == Timeout.InfiniteTimeSpan || time > than;
}
