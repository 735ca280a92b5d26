using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Storage;

internal sealed class SqliteStorageOptionsValidator : IValidateOptions<SqliteStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteStorageOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.Path) || options.Path.Contains('\0', StringComparison.Ordinal))
        {
            failures.AddError("Name the file of the database.", nameof(options.Path));
        }

        if (options.BusyTimeout < TimeSpan.Zero || options.BusyTimeout > TimeSpan.FromMinutes(1))
        {
            failures.AddError($"{options.BusyTimeout} is not between 0 and 60 s.", nameof(options.BusyTimeout));
        }

        Check(options.ReadConnections, 64, nameof(options.ReadConnections), failures);
        Check(options.MaxQueuedWrites, 1_000_000, nameof(options.MaxQueuedWrites), failures);
        Check(options.MaxBatch, 10_000, nameof(options.MaxBatch), failures);
        return failures.Build();
    }

    private static void Check(int value, int most, string name, ValidateOptionsResultBuilder failures)
    {
        if (value < 1 || value > most)
        {
            failures.AddError($"{value} is not between 1 and {most}.", name);
        }
    }
}
