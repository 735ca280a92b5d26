using System.Net;
using Microsoft.Extensions.Options;

namespace Loop.Sdk;

internal sealed class ChannelClientOptionsValidator : IValidateOptions<ChannelClientOptions>
{
    // The most that a timer can wait for.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);

    public static ChannelClientOptionsValidator Instance { get; } = new();

    public ValidateOptionsResult Validate(string? name, ChannelClientOptions options)
    {
        List<string> failures = [];
        CheckEndpoint(options, failures);
        Check(options.HttpVersion == HttpVersion.Version11 || options.HttpVersion == HttpVersion.Version20, "HttpVersion must be 1.1 or 2.0.", failures);
        Check(Enum.IsDefined(options.HttpVersionPolicy), "HttpVersionPolicy is not a policy.", failures);
        Check(IsTimeout(options.CallTimeout) || options.CallTimeout == Timeout.InfiniteTimeSpan, "CallTimeout must be 1 ms to 24 days, or infinite.", failures);
        Check(IsTimeout(options.ConnectTimeout), "ConnectTimeout must be 1 ms to 24 days.", failures);
        Check(options.OfflineQueueLimit >= 0, "OfflineQueueLimit must not be negative.", failures);
        Check(options.MaxMessage is >= 1 and <= 1 << 30, "MaxMessage must be 1 byte to 1 GiB.", failures);
        Check(options.TimeProvider is not null, "TimeProvider is required.", failures);
        Check(options.HttpMessageInvoker is null || options.UnixSocketPath is null, "UnixSocketPath and HttpMessageInvoker exclude each other.", failures);
        Check(options.UnixSocketPath is not "", "UnixSocketPath must not be empty.", failures);
        CheckReconnect(options.Reconnect, failures);
        failures.AddRange(options.Features?.Values.SelectMany(static feature => feature.Validate()) ?? []);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckEndpoint(ChannelClientOptions options, List<string> failures)
    {
        if (options.Endpoint is not { } endpoint)
        {
            failures.Add("Endpoint is required.");
            return;
        }

        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("ws" or "wss"))
        {
            failures.Add("Endpoint must be an absolute ws:// or wss:// URI.");
            return;
        }

        Check(endpoint.UserInfo.Length == 0, "Endpoint must not contain credentials: use CredentialsProvider.", failures);
        Check(endpoint.Fragment.Length == 0, "Endpoint must not have a fragment.", failures);
    }

    private static void CheckReconnect(ReconnectOptions? reconnect, List<string> failures)
    {
        if (reconnect is null)
        {
            failures.Add("Reconnect is required.");
            return;
        }

        Check(reconnect.InitialDelay >= TimeSpan.Zero && reconnect.InitialDelay <= reconnect.MaxDelay, "Reconnect.InitialDelay must be 0 to MaxDelay.", failures);
        Check(reconnect.MaxDelay <= TimeSpan.FromDays(1), "Reconnect.MaxDelay must be at most one day.", failures);
        Check(reconnect.Multiplier is >= 1 and <= 10, "Reconnect.Multiplier must be 1 to 10.", failures);
    }

    private static bool IsTimeout(TimeSpan value) => value >= TimeSpan.FromMilliseconds(1) && value <= LongestTimeout;

    private static void Check(bool sound, string failure, List<string> failures)
    {
        if (!sound)
        {
            failures.Add(failure);
        }
    }
}
