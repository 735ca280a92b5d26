using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Presence;

internal sealed class PresenceOptionsValidator : IValidateOptions<PresenceOptions>
{
    private const int Million = 1_000_000;
    private const long LargestList = 4 * 1024 * 1024;

    // What a member takes beside its data: its id, its user, two times and the punctuation.
    private const long BesideData = 1024;

    public ValidateOptionsResult Validate(string? name, PresenceOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        Check(options.Grace, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.Grace), failures);
        Check(options.MaxData, 2, 16_384, nameof(options.MaxData), failures);
        Check(options.MaxScopesPerSession, 1, 100_000, nameof(options.MaxScopesPerSession), failures);
        Check(options.MaxMembers, 1, 10 * Million, nameof(options.MaxMembers), failures);
        Check(options.MaxListed, 1, 100_000, nameof(options.MaxListed), failures);
        Check(options.Sample, 0, 1000, nameof(options.Sample), failures);
        Check(options.DiffInterval, TimeSpan.Zero, TimeSpan.FromMinutes(1), nameof(options.DiffInterval), failures);
        Check(options.PartialInterval, TimeSpan.Zero, TimeSpan.FromMinutes(1), nameof(options.PartialInterval), failures);
        Check(options.ManyWatchers, 0, Million, nameof(options.ManyWatchers), failures);
        Check(options.HistoryCount, 0, 100_000, nameof(options.HistoryCount), failures);
        Check(options.MaxObserverQueue, 1, 10 * Million, nameof(options.MaxObserverQueue), failures);
        Check(options.NodeRenewal, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), nameof(options.NodeRenewal), failures);
        Check(options.NodeLease, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(30), nameof(options.NodeLease), failures);
        if (options.NodeLease <= options.NodeRenewal)
        {
            failures.AddError("A lease has to be longer than what it is renewed in.", nameof(options.NodeLease));
        }

        if (options.MaxListed * (options.MaxData + BesideData) > LargestList)
        {
            failures.AddError("So many members with so much data do not fit into one message.", nameof(options.MaxListed));
        }

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
