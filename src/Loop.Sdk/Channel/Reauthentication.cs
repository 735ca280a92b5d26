using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Channels;

/// <summary>New credentials on the live connection: one attempt at a time, shared by all who ask meanwhile.</summary>
internal sealed class Reauthentication(ChannelClientOptions options, CredentialSource credentials, CredentialExpiry expiry, SessionQueue sessions, ILogger logger)
{
    private readonly Lock _lock = new();
    private Task<bool>? _running;

    /// <summary>Presents new credentials. False if there was no connection to do it on, or none any more: the next one starts with new ones.</summary>
    /// <exception cref="LoopException">They were refused, there are none, or the server did not answer.</exception>
    public Task<bool> RunAsync(CancellationToken stopping)
    {
        lock (_lock)
        {
            if (_running is not { IsCompleted: false })
            {
                _running = Task.Run(() => PresentAsync(stopping), CancellationToken.None);
            }

            return _running;
        }
    }

    /// <summary>Presents new credentials because the present ones expire.</summary>
    public void Renew(CancellationToken stopping)
    {
        expiry.Postpone();
        _ = RenewAsync(stopping);
    }

    private async Task RenewAsync(CancellationToken stopping)
    {
        try
        {
            await RunAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The channel was closed.
        }
#pragma warning disable CA1031 // The provider is the application's. It is asked again a little later, and for the next connection.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.RenewalFailed(exception);
        }
    }

    private async Task<bool> PresentAsync(CancellationToken stopping)
    {
        var current = await credentials.GetAsync(stopping).ConfigureAwait(false)
            ?? throw new LoopException(ErrorCodes.Unauthenticated, "The credentials provider has no credentials.");
        sessions.ThrowIfClosed();
        if (sessions.Current is not { Connection: not null } peer)
        {
            return false;
        }

        var answer = peer.AuthenticateAsync(current);
        try
        {
            await answer.WaitAsync(options.ConnectTimeout, options.TimeProvider, stopping).ConfigureAwait(false);
            logger.Reauthenticated();
            return true;
        }
        catch (TimeoutException exception)
        {
            throw new LoopException(ErrorCodes.Unavailable, "The server did not answer to new credentials.", exception) { Retryable = true };
        }
        catch (LoopException error) when (error.Retryable)
        {
            return false;
        }
    }
}
