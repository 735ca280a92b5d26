using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.WebRtc;

internal sealed class WebRtcOptionsValidator : IValidateOptions<WebRtcOptions>
{
    private const int MaxServers = 32;
    private const int MaxUrls = 8;
    private const int MaxText = 1024;

    public ValidateOptionsResult Validate(string? name, WebRtcOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        Check(options.IceServers.Count, 0, MaxServers, nameof(options.IceServers), failures);
        Check(options.CredentialLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), nameof(options.CredentialLifetime), failures);
        Check(options.MaxSignal, 1024, 64 * 1024, nameof(options.MaxSignal), failures);
        Check(options.MaxWaitingSignals, 16, 10_000, nameof(options.MaxWaitingSignals), failures);
        Check(options.MaxWaitingBytes, 64 * 1024, 64 * 1024 * 1024, nameof(options.MaxWaitingBytes), failures);
        Check(options.MaxRelaysPerSession, 0, 10_000, nameof(options.MaxRelaysPerSession), failures);
        Check(options.RelayWait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), nameof(options.RelayWait), failures);
        if (options.SignalRate is { } rate && !(rate.PerSecond is >= 0.001 and <= 1e9 && rate.Burst >= 1))
        {
            failures.AddError("The rate is not between 0.001 and 1 000 000 000 a second, or its burst is less than 1.", nameof(options.SignalRate));
        }

        for (var index = 0; index < options.IceServers.Count; index++)
        {
            if (WhyNot(options.IceServers[index]) is { } why)
            {
                failures.AddError(why, $"{nameof(options.IceServers)}[{index}]");
            }
        }

        return failures.Build();
    }

    // Nothing of a secret is in a message.
    private static string? WhyNot(IceServerOptions? server)
    {
        if (server is null || server.Urls.Count is < 1 or > MaxUrls || !server.Urls.All(IsUrl))
        {
            return $"It needs 1 to {MaxUrls} addresses that begin with stun:, stuns:, turn: or turns:.";
        }

        var isTurn = server.Urls.Any(static url => url.StartsWith("turn", StringComparison.Ordinal));
        var hasFixed = server.Username is not null || server.Credential is not null;
        if (!isTurn)
        {
            return hasFixed || server.Secrets.Count > 0 ? "Only TURN has credentials." : null;
        }

        if (server.Secrets.Count > 0)
        {
            return hasFixed ? "It has both secrets and a fixed user."
                : server.Secrets.Count > 2 || !server.Secrets.All(static secret => IsText(secret?.Value)) ? $"It may have one secret or two, each 1 to {MaxText} characters."
                : server.Secrets.All(static secret => secret.From is not null) ? "One of its secrets has to count from the beginning."
                : null;
        }

        return IsText(server.Username) && IsText(server.Credential) ? null : "TURN needs secrets, or a user and a password.";
    }

    private static bool IsUrl(string? url) =>
        url is { Length: <= MaxText } && url.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && url[..colon] is "stun" or "stuns" or "turn" or "turns"
        && url.Length > colon + 1 && !url.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static bool IsText(string? text) => text is { Length: >= 1 and <= MaxText };

    private static void Check<T>(T value, T least, T most, string name, ValidateOptionsResultBuilder failures)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            failures.AddError($"{value} is not between {least} and {most}.", name);
        }
    }
}
