using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Notifications;

internal sealed class NotificationOptionsValidator : IValidateOptions<NotificationOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public ValidateOptionsResult Validate(string? name, NotificationOptions options) => options.Timeout >= Shortest && options.Timeout <= Longest
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{nameof(options.Timeout)}: {options.Timeout} is not between {Shortest} and {Longest}.");
}
