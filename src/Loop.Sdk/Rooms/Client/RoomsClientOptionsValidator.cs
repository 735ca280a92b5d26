using Loop.Sdk.Cryptography;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Rooms;

internal sealed class RoomsClientOptionsValidator : IValidateOptions<RoomsClientOptions>
{
    // A link is at most 2048 characters, with the token and the key.
    private const int LongestUrl = 1024;

    public static RoomsClientOptionsValidator Instance { get; } = new();

    public static void Check(RoomsClientOptions options)
    {
        var result = Instance.Validate(null, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(RoomsClientOptions), result.Failures);
        }
    }

    public ValidateOptionsResult Validate(string? name, RoomsClientOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        if (options.OwnerKey is { Size: not OwnerKey.DefaultSize })
        {
            failures.AddError("It wraps only keys of the original envelope.", nameof(options.OwnerKey));
        }

        if (options.RoomUrl is { } url && !IsRoomUrl(url))
        {
            failures.AddError($"It is no absolute http or https address of at most {LongestUrl} characters without user, query and fragment.", nameof(options.RoomUrl));
        }

        if (!IsName(options.DisplayName))
        {
            failures.AddError("It is missing, too long, or has characters that are not shown.", nameof(options.DisplayName));
        }

        return failures.Build();
    }

    private static bool IsRoomUrl(Uri url) =>
        url is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 } && url.AbsoluteUri.Length <= LongestUrl;

    private static bool IsName(string? name) => name is not null && ShownName.Refusal(name) is null;
}
