using Loop.Sdk.Handshake;

namespace Loop.Sdk.Channels;

/// <summary>The application's credentials provider, asked in a way that it cannot hold up anything for longer than the token allows.</summary>
internal sealed class CredentialSource(Func<CancellationToken, ValueTask<Credentials?>> provider)
{
    public async ValueTask<Credentials?> GetAsync(CancellationToken cancellationToken)
    {
        var answer = provider(cancellationToken);
        return answer.IsCompletedSuccessfully ? answer.Result : await answer.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
