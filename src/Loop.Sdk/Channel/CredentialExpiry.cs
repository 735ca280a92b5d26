using Loop.Sdk.Handshake;

namespace Loop.Sdk.Channels;

/// <summary>When to ask for new credentials: by the wall clock, which goes on while the machine sleeps.</summary>
internal sealed class CredentialExpiry(TimeProvider time)
{
    // Leaves a fifth of the lifetime for a provider that fails at first.
    private const double Share = 0.8;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private long _dueAt;

    /// <summary>Whether new credentials are due now.</summary>
    public bool IsDue
    {
        get
        {
            var dueAt = Volatile.Read(ref _dueAt);
            return dueAt != 0 && time.GetUtcNow().UtcTicks >= dueAt;
        }
    }

    public void Set(Welcome welcome) => Set(welcome.ExpiresInMs, Share);

    /// <summary>Takes the answer to new credentials, or the warning that the present ones expire.</summary>
    public void Set(AuthResult result) => Set(result.ExpiresInMs ?? (result.Accepted ? null : 0), result.Accepted ? Share : 0);

    /// <summary>New credentials could not be had: try again a little later.</summary>
    public void Postpone() => Volatile.Write(ref _dueAt, (time.GetUtcNow() + RetryAfter).UtcTicks);

    private void Set(long? expiresInMs, double share)
    {
        if (expiresInMs is not { } lifetime)
        {
            Volatile.Write(ref _dueAt, 0);
            return;
        }

        var wait = Math.Clamp(lifetime * share, 0, TimeSpan.FromDays(365).TotalMilliseconds);
        Volatile.Write(ref _dueAt, (time.GetUtcNow() + TimeSpan.FromMilliseconds(wait)).UtcTicks);
    }
}
