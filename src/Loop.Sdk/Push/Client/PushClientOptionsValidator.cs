using Microsoft.Extensions.Options;

namespace Loop.Sdk.Push;

internal sealed class PushClientOptionsValidator : IValidateOptions<PushClientOptions>
{
    private const int MostWaiting = 100_000;
    private const int MostRemembered = 1_000_000;

    public static PushClientOptionsValidator Instance { get; } = new();

    public static void Check(PushClientOptions options)
    {
        var result = Instance.Validate(null, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(PushClientOptions), result.Failures);
        }
    }

    public ValidateOptionsResult Validate(string? name, PushClientOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        if (!Enum.IsDefined(options.Urgency))
        {
            failures.AddError("It is none of the urgencies.", nameof(options.Urgency));
        }

        if (options.MaxWaiting is < 1 or > MostWaiting)
        {
            failures.AddError($"It is not between 1 and {MostWaiting}.", nameof(options.MaxWaiting));
        }

        if (options.RememberedMessages is < 0 or > MostRemembered)
        {
            failures.AddError($"It is not between 0 and {MostRemembered}.", nameof(options.RememberedMessages));
        }

        return failures.Build();
    }
}
