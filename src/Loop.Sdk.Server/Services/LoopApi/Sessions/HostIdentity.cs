using System.Buffers;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Asks the host's validators of credentials. Callees are named by their accounts, telephone numbers in the international form.</summary>
internal sealed class HostIdentity(Authenticator authenticator) : ILoopHttpIdentity
{
    private const int MinNumber = 5;
    private const int MaxNumber = 15;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789 -.()");

    public async ValueTask<string?> IdentifyAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            return (await authenticator.AuthenticateAsync(credentials, cancellationToken).ConfigureAwait(false)).PrincipalId;
        }
        catch (LoopException refused) when (refused.Code == ErrorCodes.Unauthenticated)
        {
            return null;
        }
    }

    public ValueTask<string?> FindAsync(LoopCallee callee, CancellationToken cancellationToken) =>
        ValueTask.FromResult(callee.IsPhoneNumber ? Number(callee.Id) : callee.Id is { Length: > 0 and <= RoomStorageLimits.MaxId } id ? id : null);

    public ValueTask<bool> IsHealthyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    // Which country's a number is that has no prefix, is not known.
    private static string? Number(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return text.StartsWith('+') && digits.Length is >= MinNumber and <= MaxNumber && !text.AsSpan(1).ContainsAnyExcept(NumberCharacters) ? "+" + digits : null;
    }
}
