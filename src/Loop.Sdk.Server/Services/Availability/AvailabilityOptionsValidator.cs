using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Availability;

internal sealed class AvailabilityOptionsValidator : IValidateOptions<AvailabilityOptions>
{
    public ValidateOptionsResult Validate(string? name, AvailabilityOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        Check(options.MaxGrants, 10_000, nameof(options.MaxGrants), failures);
        Check(options.MaxText, 1000, nameof(options.MaxText), failures);
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
