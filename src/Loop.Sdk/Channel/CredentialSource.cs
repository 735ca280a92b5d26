using Loop.Sdk.Handshake;

namespace Loop.Sdk.Channels;

/// <summary>The application's credentials provider, asked in a way that it cannot hold up anything for longer than the token allows.</summary>
internal sealed class CredentialSource(Func<CancellationToken, ValueTask<Credentials?>>? provider)
{
    /// <summary>Whether asking may give anything.</summary>
    public bool Exists => provider is not null;

    public async ValueTask<Credentials?> GetAsync(CancellationToken cancellationToken)
    {
        if (provider is null)
        {
            return null;
        }

        var answer = provider(cancellationToken);
        return answer.IsCompletedSuccessfully ? answer.Result : await answer.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
