using Loop.Sdk.Handshake;

namespace Loop.Sdk.Server;

/// <summary>Whose session it is, how long that is known for, and who may resume it.</summary>
internal sealed partial class ServerPeer
{
    private ResumeKeys? _keys;
    private bool _warned;
    private Credentials? _presented;
    private int _checking;

    /// <summary>Milliseconds until the credentials expire, or null if they do not.</summary>
    public long? ExpiresInMs => _identity.ExpiresAt == 0 ? null : Math.Max(0, _identity.ExpiresAt - Clock.Now);

    /// <summary>The resume secret of the first welcome.</summary>
    public string StartSecret()
    {
        Volatile.Write(ref _keys, ResumeKeys.Start(out var secret));
        return secret;
    }

    /// <summary>The resume secret of a later welcome. Only while the session is taken over.</summary>
    public string RotateSecret(in SecretHash presented)
    {
        Volatile.Write(ref _keys, _keys!.Rotate(presented, out var secret));
        return secret;
    }

    /// <summary>Whether this secret of this principal resumes the session.</summary>
    public bool MayResume(in SecretHash presented, Identity identity) =>
        Volatile.Read(ref _keys) is { } keys && keys.Accepts(presented) & identity.PrincipalId == PrincipalId;

    /// <summary>The same principal came with other credentials.</summary>
    public void Renew(Identity identity)
    {
        _identity = identity;
        Volatile.Write(ref _warned, false);
    }

    public override void OnAuth(Credentials credentials)
    {
        if (!_server.RateLimiter.TryCall(ref _calls, _address, Clock.Now))
        {
            Session.SendAuthResult(new AuthResult { Accepted = false, ExpiresInMs = ExpiresInMs });
            return;
        }

        // Checking may take long, and must not hold up the reader. While one check runs only the newest credentials wait.
        Volatile.Write(ref _presented, credentials);
        if (Interlocked.CompareExchange(ref _checking, 1, 0) == 0)
        {
            _ = Task.Run(CheckPresentedAsync);
        }
    }

    private void ConfirmSecret()
    {
        if (_keys is { IsUnconfirmed: true } keys)
        {
            Volatile.Write(ref _keys, keys.Confirm());
        }
    }

    private async Task CheckPresentedAsync()
    {
        do
        {
            while (Interlocked.Exchange(ref _presented, null) is { } credentials && !IsEnded)
            {
                await CheckAsync(credentials).ConfigureAwait(false);
            }

            Volatile.Write(ref _checking, 0);
        }
        while (Volatile.Read(ref _presented) is not null && Interlocked.CompareExchange(ref _checking, 1, 0) == 0);
    }

    private async Task CheckAsync(Credentials credentials)
    {
        Identity identity;
        try
        {
            identity = await _server.Authenticator.AuthenticateAsync(credentials, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LoopException error)
        {
            // What the session was opened with still holds until it expires.
            _server.Log.Refused(Id, error.Code, error.Message);
            Session.SendAuthResult(new AuthResult { Accepted = false, ExpiresInMs = ExpiresInMs });
            return;
        }

        if (identity.PrincipalId != PrincipalId)
        {
            const string Message = "The credentials now name somebody else.";
            End(new LoopException(ErrorCodes.PrincipalChanged, Message), new GoAway(ErrorCodes.PrincipalChanged, Verdict.Reconnect) { Message = Message });
            return;
        }

        Renew(identity);
        Session.SendAuthResult(new AuthResult { Accepted = true, ExpiresInMs = ExpiresInMs });
    }

    private void CheckExpiry(long now)
    {
        var expiresAt = _identity.ExpiresAt;
        if (expiresAt == 0 || now < expiresAt - _server.Options.ExpiryWarning.TotalMilliseconds)
        {
            return;
        }

        if (now >= expiresAt)
        {
            const string Message = "The credentials have expired.";
            End(new LoopException(ErrorCodes.Unauthenticated, Message), new GoAway(ErrorCodes.Unauthenticated, Verdict.Reconnect) { Message = Message });
        }
        else if (!Volatile.Read(ref _warned) && IsAttached)
        {
            Volatile.Write(ref _warned, true);
            Session.SendAuthResult(new AuthResult { Accepted = false, ExpiresInMs = expiresAt - now });
        }
    }
}
