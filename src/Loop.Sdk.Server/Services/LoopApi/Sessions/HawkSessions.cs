using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The sessions of the API. The store has neither their Hawk ids nor their keys, so that whoever reads it can use none. Whatever ends sessions does so here.</summary>
internal sealed class HawkSessions(ILoopApiStorage storage, IOptions<LoopHttpApiOptions> settings, TimeProvider time)
{
    // A session that is used is written once a day.
    private static readonly long Lag = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    // Some 10 MB.
    private const int MaxRecent = 10_000;

    /// <summary>The sessions that were read a moment ago.</summary>
    public Recent<string, HawkSession> Recent { get; } = new(time, MaxRecent, static session => session.Key.Dispose());

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Begins a session.</summary>
    /// <param name="account">The account that it is bound to, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The session's token, 64 characters, and the session.</returns>
    public async ValueTask<(string Token, HawkSession Session)> CreateAsync(string? account, CancellationToken cancellationToken)
    {
        var token = RandomNumberGenerator.GetBytes(HawkCredentials.TokenSize);
        var credentials = HawkCredentials.Derive(token);
        var id = IdOf(credentials.Id);
        var now = Now;
        var key = Convert.FromHexString(credentials.Key);
        var session = new HawkSession(id, account ?? LoopApiSessionRecord.AnonymousPrefix + id, account, KeyOf(key), now + Lifetime);
        var record = new LoopApiSessionRecord(id, session.User, account, Mask(credentials.Id, key), now, session.ExpiresAt);
        try
        {
            await storage.AddAsync(record, settings.Value.MaxSessionsPerUser, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (account is not null)
            {
                // It may have taken the place of the oldest.
                Recent.ForgetAll(other => other.User == account);
            }
        }

        return (Convert.ToHexStringLower(token), session);
    }

    /// <summary>The session with a Hawk id, or null.</summary>
    public ValueTask<HawkSession?> FindAsync(string hawkId, CancellationToken cancellationToken)
    {
        var id = IdOf(hawkId);
        return Recent.Find(id) is { } session && session.ExpiresAt > Now ? ValueTask.FromResult<HawkSession?>(session) : ReadAsync(id, hawkId, cancellationToken);
    }

    /// <summary>The session was used.</summary>
    public async ValueTask ProlongAsync(HawkSession session, CancellationToken cancellationToken)
    {
        var expiresAt = Now + Lifetime;
        if (expiresAt - session.ExpiresAt >= Lag)
        {
            await storage.ProlongAsync(session.Id, expiresAt, cancellationToken).ConfigureAwait(false);
            Recent.Update(session.Id, known => known with { ExpiresAt = expiresAt });
        }
    }

    /// <summary>Ends a session.</summary>
    public async ValueTask EndAsync(HawkSession session, CancellationToken cancellationToken)
    {
        try
        {
            await storage.RemoveAsync(session.Id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // If it failed, it may have happened all the same.
            Recent.Forget(session.Id);
        }
    }

    /// <summary>Ends all sessions of a user.</summary>
    public async ValueTask EndUserAsync(string user, CancellationToken cancellationToken)
    {
        try
        {
            await storage.RemoveUserAsync(user, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Recent.ForgetAll(session => session.User == user);
        }
    }

    private async ValueTask<HawkSession?> ReadAsync(string id, string hawkId, CancellationToken cancellationToken)
    {
        var changes = Recent.Changes;
        if (await storage.FindAsync(id, Now, cancellationToken).ConfigureAwait(false) is not { } record)
        {
            return null;
        }

        var key = Mask(hawkId, record.MaskedKey.Span);
        var session = new HawkSession(record.Id, record.User, record.Account, KeyOf(key), record.ExpiresAt);
        CryptographicOperations.ZeroMemory(key);
        Recent.Add(id, session, changes);
        return session;
    }

    private long Lifetime => (long)settings.Value.SessionLifetime.TotalMilliseconds;

    private static string IdOf(string hawkId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hawkId)));

    // Clients use the characters of the key, not the bytes that they stand for.
    private static HawkKey KeyOf(ReadOnlySpan<byte> key)
    {
        var characters = new byte[2 * key.Length];
        Convert.TryToHexStringLower(key, characters, out _);
        return new HawkKey(characters);
    }

    // Each Hawk id masks one key only, so a mask is never used twice.
    private static byte[] Mask(string hawkId, ReadOnlySpan<byte> key)
    {
        var mask = HMACSHA256.HashData(Encoding.UTF8.GetBytes(hawkId), "loop.sdk/hawk-key"u8);
        for (var index = 0; index < mask.Length; index++)
        {
            mask[index] ^= key[index];
        }

        return mask;
    }
}
