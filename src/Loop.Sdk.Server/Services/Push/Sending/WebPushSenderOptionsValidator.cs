using Loop.Sdk.Push;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Push;

internal sealed class WebPushSenderOptionsValidator : IValidateOptions<WebPushSenderOptions>
{
    public ValidateOptionsResult Validate(string? name, WebPushSenderOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        if (!VapidToken.IsSubject(options.Subject))
        {
            failures.AddError("It is neither a mailto: nor an https: URI.", nameof(options.Subject));
        }

        PushOptionsValidator.Check(options.Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5), nameof(options.Timeout), failures);
        PushOptionsValidator.Check(options.MaxRetryWait, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.MaxRetryWait), failures);
        PushOptionsValidator.Check(options.MaxAttempts, 1, 10, nameof(options.MaxAttempts), failures);
        PushOptionsValidator.Check(options.MaxEndpoints, 1, 1000, nameof(options.MaxEndpoints), failures);
        return failures.Build();
    }
}
