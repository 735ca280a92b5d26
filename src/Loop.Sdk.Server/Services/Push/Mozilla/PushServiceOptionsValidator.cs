using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Push;

internal sealed class PushServiceOptionsValidator : IValidateOptions<PushServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, PushServiceOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        var moment = TimeSpan.FromMilliseconds(100);
        PushOptionsValidator.Check(options.HelloTimeout, moment, TimeSpan.FromMinutes(1), nameof(options.HelloTimeout), failures);
        PushOptionsValidator.Check(options.PingInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.PingInterval), failures);
        PushOptionsValidator.Check(options.PongTimeout, moment, TimeSpan.FromMinutes(5), nameof(options.PongTimeout), failures);
        PushOptionsValidator.Check(options.LeastPingInterval, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.LeastPingInterval), failures);
        PushOptionsValidator.Check(options.BatchSize, 1, 1000, nameof(options.BatchSize), failures);
        PushOptionsValidator.Check(options.MessageLimit ?? 1, 1, int.MaxValue, nameof(options.MessageLimit), failures);
        PushOptionsValidator.Check(options.MaxMessage, 1024, 1 << 20, nameof(options.MaxMessage), failures);
        return failures.Build();
    }
}
